package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The words of a search: what stands between spaces, without the punctuation around it. */
final class SearchWords {

    private static final int MOST = 16;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$");

    private SearchWords() {}

    /** None where the text is blank. A word of punctuation alone is looked for as it is. */
    static List<String> of(String search) {
        if (search.indexOf('\0') >= 0) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "The search must not contain the character U+0000");
        }
        var words = new LinkedHashSet<String>();
        var punctuation = new LinkedHashSet<String>();
        for (String part : SPACE.split(search)) {
            String word = AROUND.matcher(part).replaceAll("");
            if (!word.isEmpty()) {
                words.add(word);
            } else if (!part.isEmpty()) {
                punctuation.add(part);
            }
        }
        List<String> found = List.copyOf(words.isEmpty() ? punctuation : words);
        if (found.size() > MOST) {
            throw new PlatformException(RuntimeError.INVALID_QUERY, "A search has at most " + MOST + " words");
        }
        return found;
    }
}
