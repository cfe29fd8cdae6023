/**
 * The command of auditors. It needs nothing but this jar and a Java platform, and no network for
 * files and folders.
 */
@NullMarked
package org.mekong.log.command;

import org.jspecify.annotations.NullMarked;
