/** Many lookups in one request, each done and answered on its own. */
@NullMarked
package org.mekong.gateway.lookup.batch;

import org.jspecify.annotations.NullMarked;
