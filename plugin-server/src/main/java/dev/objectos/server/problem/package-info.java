/** Every refusal, under the id of its request, as one kind of answer: a problem document (RFC 9457). */
@NullMarked
package dev.objectos.server.problem;

import org.jspecify.annotations.NullMarked;
