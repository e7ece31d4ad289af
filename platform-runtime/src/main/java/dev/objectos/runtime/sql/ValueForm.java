package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.schema.ColumnType;

/** How a value that PostgreSQL has written as text becomes JSON. */
enum ValueForm {

    /** A JSON string. */
    STRING {

        @Override
        void write(byte[] text, JsonBytes json) {
            json.string(text);
        }
    },

    /** A number; what is none, such as {@code NaN}, is a string. */
    NUMBER {

        @Override
        void write(byte[] text, JsonBytes json) {
            byte first = text[text.length > 1 && text[0] == '-' ? 1 : 0];
            if (first >= '0' && first <= '9') {
                json.raw(text);
            } else {
                json.string(text);
            }
        }
    },

    /** JSON as it is: documents, lists and truth values. */
    JSON {

        @Override
        void write(byte[] text, JsonBytes json) {
            json.raw(text);
        }
    },

    /** An instant in UTC as RFC 3339: {@code 2026-01-31 14:30:00.5+00} becomes {@code 2026-01-31T14:30:00.5Z}. */
    INSTANT {

        @Override
        void write(byte[] text, JsonBytes json) {
            json.instant(text);
        }
    };

    abstract void write(byte[] text, JsonBytes json);

    static ValueForm of(FieldType type) {
        return switch (ColumnType.of(type).base()) {
            case TEXT, UUID, DATE, TIME -> STRING;
            case NUMERIC, BIGINT -> NUMBER;
            case BOOLEAN, JSONB, TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY -> JSON;
            case TIMESTAMPTZ -> INSTANT;
        };
    }
}
