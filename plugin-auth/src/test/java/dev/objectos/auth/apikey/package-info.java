/** API keys and service accounts, over HTTP. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.apikey;
