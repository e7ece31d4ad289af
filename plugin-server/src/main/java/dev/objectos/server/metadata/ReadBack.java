package dev.objectos.server.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Objects that come back from somebody who has read them in another language than they are written in. */
final class ReadBack {

    private ReadBack() {}

    /**
     * What somebody sends back who has read it in this language, with the words that it is written with: whatever they left as
     * they read it.
     *
     * @param written as it is shown without a translation
     * @param read as it is shown in this language
     */
    static @Nullable Object restored(@Nullable Object sent, @Nullable Object written, @Nullable Object read) {
        if (Objects.equals(sent, read)) {
            return written;
        }
        if (sent instanceof Map<?, ?> map && written instanceof Map<?, ?> before && read instanceof Map<?, ?> shown) {
            var restored = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, value) -> restored.put(String.valueOf(key), shown.containsKey(key)
                    ? restored(value, before.get(key), shown.get(key))
                    : value));
            return restored;
        }
        if (sent instanceof List<?> list && written instanceof List<?> before && read instanceof List<?> shown
                && list.size() == shown.size()) {
            var restored = new ArrayList<@Nullable Object>();
            for (int i = 0; i < list.size(); i++) {
                restored.add(restored(list.get(i), before.get(i), shown.get(i)));
            }
            return restored;
        }
        return sent;
    }
}
