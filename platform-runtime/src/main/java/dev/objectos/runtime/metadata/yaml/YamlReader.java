package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.SourceLocation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns the bytes of a file into elements, or says why they are no YAML that is read here. */
final class YamlReader {

    private static final LoadSettings SETTINGS = LoadSettings.builder().setParseComments(false).build();

    private YamlReader() {}

    /**
     * The only document of a file; null where something is wrong, which is then among the findings.
     *
     * @param label names the file in positions
     */
    static @Nullable Element read(String label, byte[] content, Findings findings) {
        var top = new SourceLocation(label, 1, 1);
        if (content.length > MetadataFile.MAX_BYTES) {
            findings.error(top, "the file is larger than 1 MB", "split it into several files");
            return null;
        }
        String text = decode(content);
        if (text == null) {
            findings.error(top, "the file is not UTF-8 text", "save it as UTF-8");
            return null;
        }
        if (label.endsWith(".json")) {
            // JSON may be indented by tabs, YAML may not; no JSON string holds one unescaped.
            text = text.replace('\t', ' ');
        }
        try {
            Iterator<Event> events = new Parse(SETTINGS).parseString(text).iterator();
            return new TreeBuilder(label, events).document();
        } catch (UnreadableException e) {
            findings.error(e.where(), e.problem(), e.suggestion());
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            findings.error(mark.map(at -> locate(label, at)).orElse(top), problem(e), advice(e));
        } catch (YamlEngineException e) {
            findings.error(top, "the file is not valid YAML: " + firstLine(e), "");
        }
        return null;
    }

    static SourceLocation locate(String label, Mark mark) {
        return new SourceLocation(label, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static @Nullable String decode(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(content)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean aboutTabs(MarkedYamlEngineException e) {
        return String.valueOf(e.getProblem()).contains("TAB");
    }

    private static String problem(MarkedYamlEngineException e) {
        if (aboutTabs(e)) {
            return "a tab is used where YAML wants spaces";
        }
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return "the file is not valid YAML: " + context + e.getProblem();
    }

    private static String advice(MarkedYamlEngineException e) {
        if (aboutTabs(e)) {
            return "indent with spaces";
        }
        return String.valueOf(e.getProblem()).contains("mapping values are not allowed")
                ? "put the text in quotes, or check the indentation"
                : "check indentation, quotes and brackets around this place";
    }

    private static String firstLine(YamlEngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Stops the reading of a file that is not to be read further. */
    static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient SourceLocation where;
        private final String problem;
        private final String suggestion;

        UnreadableException(SourceLocation where, String problem, String suggestion) {
            super(problem, null, false, false);
            this.where = where;
            this.problem = problem;
            this.suggestion = suggestion;
        }

        SourceLocation where() {
            return where;
        }

        String problem() {
            return problem;
        }

        String suggestion() {
            return suggestion;
        }
    }
}
