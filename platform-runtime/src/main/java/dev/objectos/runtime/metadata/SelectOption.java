package dev.objectos.runtime.metadata;

import java.util.Map;

/**
 * One choice of a select field.
 *
 * @param value what is stored
 * @param label what people read
 * @param descriptive colour, icon and whatever else was written
 */
public record SelectOption(String value, String label, Map<String, Object> descriptive) {

    public SelectOption {
        descriptive = Map.copyOf(descriptive);
    }
}
