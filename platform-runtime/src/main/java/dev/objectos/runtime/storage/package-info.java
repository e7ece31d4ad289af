/** What a plugin keeps beside records: keys with values, in namespaces of its own, for each tenant apart. */
@NullMarked
package dev.objectos.runtime.storage;

import org.jspecify.annotations.NullMarked;
