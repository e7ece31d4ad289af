/** What browsers and proxies are told, and believed. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.transport;
