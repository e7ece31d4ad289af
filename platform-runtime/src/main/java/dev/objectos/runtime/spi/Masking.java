package dev.objectos.runtime.spi;

/**
 * What is shown in place of a value. An absent value is shown like any other, where what is shown does not depend on it;
 * otherwise as null.
 */
public sealed interface Masking {

    /** What stands for the part of a value that is not shown. */
    String COVER = "****";

    /** Always the same text. */
    record Text(String text) implements Masking {}

    /** {@code ****} and the last characters of the value's text form; nothing of a text that is no longer than they are. */
    record LastCharacters(int count) implements Masking {

        private static final int MOST = 1_000;

        public LastCharacters {
            if (count < 0 || count > MOST) {
                throw new IllegalArgumentException("0 to " + MOST + " characters can be left unmasked, not " + count);
            }
        }
    }

    /** The first character and the domain: {@code j***@example.com}; {@code ****} for a text that is no address. */
    record Address() implements Masking {}

    /**
     * What is shown where several say how: what shows nothing that one of them covers. A text covers more than a part of the
     * value does, fewer characters more than many; of two texts the first is shown.
     */
    default Masking strictest(Masking other) {
        return switch (this) {
            case Text _ -> this;
            case LastCharacters(int count) -> switch (other) {
                case Text _ -> other;
                case LastCharacters(int others) -> others < count ? other : this;
                case Address _ -> new Text(COVER);
            };
            case Address _ -> switch (other) {
                case Text _,Address _ -> other;
                case LastCharacters _ -> new Text(COVER);
            };
        };
    }
}
