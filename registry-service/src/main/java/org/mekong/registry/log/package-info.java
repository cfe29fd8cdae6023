/**
 * The register's transparency log: one a year, kept under the eyes of its witnesses (C2SP
 * tlog-witness), whom it reaches through this nation's gateway, served to everybody, and looked
 * after by the operator. It holds no personal data.
 */
@NullMarked
package org.mekong.registry.log;

import org.jspecify.annotations.NullMarked;
