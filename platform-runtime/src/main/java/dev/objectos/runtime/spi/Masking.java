package dev.objectos.runtime.spi;

/** What is shown in place of a value. An absent value is shown like any other, where what is shown does not depend on it. */
public sealed interface Masking {

    /** Always the same text. */
    record Text(String text) implements Masking {}

    /** {@code ****} and the last characters of the value's text form; nothing of a text that is no longer than they are. */
    record LastCharacters(int count) implements Masking {}

    /** The first character and the domain: {@code j***@example.com}. */
    record Address() implements Masking {}
}
