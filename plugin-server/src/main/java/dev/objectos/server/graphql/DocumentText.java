package dev.objectos.server.graphql;

/**
 * Counts aliases and directives in the text of a document. That takes microseconds, so a flood of them is refused before it is
 * parsed. A {@link DocumentGuard} counts what fragments make of them.
 */
final class DocumentText {

    private static final String BLOCK = "\"\"\"";

    private final String text;
    private int at;

    private DocumentText(String text) {
        this.text = text;
    }

    static void check(String text, GraphQlProperties limits) {
        new DocumentText(text).check(limits);
    }

    private void check(GraphQlProperties limits) {
        int aliases = 0;
        int directives = 0;
        int parentheses = 0;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '(' -> parentheses++;
                case ')' -> parentheses--;
                case '@' -> DocumentGuard.most("directives", ++directives, limits.maxDirectives());
                case ':' -> {
                    // Within parentheses it follows the name of an argument or variable.
                    if (parentheses == 0) {
                        DocumentGuard.most("aliases", ++aliases, limits.maxAliases());
                    }
                }
                case '#' -> skipComment();
                case '"' -> skipString();
                default -> {
                }
            }
            at++;
        }
    }

    private void skipString() {
        if (text.startsWith(BLOCK, at)) {
            at += BLOCK.length();
            while (at < text.length() && !text.startsWith(BLOCK, at)) {
                at += text.startsWith("\\" + BLOCK, at) ? 1 + BLOCK.length() : 1;
            }
            at += BLOCK.length() - 1;
            return;
        }
        at++;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n'
                && text.charAt(at) != '\r') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }
}
