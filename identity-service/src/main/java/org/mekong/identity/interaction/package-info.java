/**
 * What is under way between a client's request and the person in front of a browser: the request as
 * it was pushed, and how far its person has come with it. The pages and the authorization endpoint
 * meet here, and know nothing else of each other.
 */
@NullMarked
package org.mekong.identity.interaction;

import org.jspecify.annotations.NullMarked;
