/** What the tests of the service stand on: a node with real PostgreSQL, TLS and issuer. */
@NullMarked
package org.mekong.registry.testing;

import org.jspecify.annotations.NullMarked;
