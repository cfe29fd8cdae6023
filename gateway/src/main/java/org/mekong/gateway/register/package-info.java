/**
 * This nation's own register, as the answering side asks it: over mutual TLS, with the requester
 * named, so that the register logs the disclosure before it answers.
 */
@NullMarked
package org.mekong.gateway.register;

import org.jspecify.annotations.NullMarked;
