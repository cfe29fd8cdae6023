/**
 * The command {@code mekong} and its subcommands: what they read from the command line, what they
 * print, and their exit codes. {@link Mekong} is where it starts.
 */
@NullMarked
package org.mekong.client.command;

import org.jspecify.annotations.NullMarked;
