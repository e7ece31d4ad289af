/** What people can do with records and objects beyond changing them: actions, compiled with their catalog, and their handlers. */
@NullMarked
package dev.objectos.runtime.action;

import org.jspecify.annotations.NullMarked;
