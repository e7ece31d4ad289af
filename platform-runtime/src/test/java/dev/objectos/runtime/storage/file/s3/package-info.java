@NullMarked
package dev.objectos.runtime.storage.file.s3;

import org.jspecify.annotations.NullMarked;
