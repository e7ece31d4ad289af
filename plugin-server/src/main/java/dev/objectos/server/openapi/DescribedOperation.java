package dev.objectos.server.openapi;

import org.jspecify.annotations.Nullable;

/**
 * An operation that a part describes.
 *
 * @param audience whom it is for
 * @param need what the caller must be able to do with records of the object that it is about; null: nothing in particular
 */
record DescribedOperation(PathOperation operation, Audience audience, @Nullable ObjectNeed need) {}
