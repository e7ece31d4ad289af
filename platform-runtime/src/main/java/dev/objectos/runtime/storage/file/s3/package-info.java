/** Files in a bucket of S3 or what speaks its language; loaded only where one is configured. */
@NullMarked
package dev.objectos.runtime.storage.file.s3;

import org.jspecify.annotations.NullMarked;
