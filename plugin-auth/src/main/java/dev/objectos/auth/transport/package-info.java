/** What browsers and proxies are told, and believed. */
@NullMarked
package dev.objectos.auth.transport;

import org.jspecify.annotations.NullMarked;
