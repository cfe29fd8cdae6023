/**
 * The client of an agency: gets a sender-constrained token, asks a question across the border and
 * checks the answer and its receipt before anybody sees them. It is also the example that an
 * integrator reads, so each step stands in one class: {@link Profile} what an agency holds, {@link
 * AgencySession} how it proves itself, {@link AnswerCheck} how it checks what it was told. The
 * command line over it is {@code client.command}.
 */
@NullMarked
package org.mekong.client;

import org.jspecify.annotations.NullMarked;
