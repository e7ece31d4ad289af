package dev.objectos.workflow.diagram;

import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A workflow as a picture: states in columns by the number of steps from the beginning, ways forward as curves from right to
 * left edges, ways back as arcs beneath.
 */
public final class SvgDiagram {

    private static final int LABEL_LIMIT = 28;

    private static final String STYLE = """
            <style>
            text{font:13px system-ui,sans-serif;fill:#1f2933;text-anchor:middle}
            .state{fill:#f5f7fa;stroke:#52606d;stroke-width:1.5}
            .last{stroke-width:3}
            .way{fill:none;stroke:#52606d;stroke-width:1.5;marker-end:url(#arrow)}
            .label{font-size:12px;fill:#3e4c59;paint-order:stroke;stroke:#fff;stroke-width:4}
            </style>
            <defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" \
            orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#52606d"/></marker></defs>
            """;

    private final WorkflowDefinition workflow;
    private final Layout layout;
    private final StringBuilder svg = new StringBuilder();
    private final Map<String, Integer> drawn = new HashMap<>();

    private SvgDiagram(WorkflowDefinition workflow) {
        this.workflow = workflow;
        this.layout = Layout.of(workflow);
    }

    public static String of(WorkflowDefinition workflow) {
        return new SvgDiagram(workflow).draw();
    }

    private String draw() {
        svg.append(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\" "
                        + "role=\"img\">\n",
                layout.width(), layout.height()));
        svg.append("<title>").append(escaped(workflow.label())).append("</title>\n").append(STYLE);
        Layout.Box first = layout.box(workflow.initial());
        svg.append(String.format(Locale.ROOT, "<circle cx=\"%d\" cy=\"%d\" r=\"7\" fill=\"#52606d\"/>\n",
                Layout.MARGIN / 2, first.middleY()));
        path(String.format(Locale.ROOT, "M%d %dL%d %d", Layout.MARGIN / 2 + 8, first.middleY(), first.x(),
                first.middleY()));
        workflow.states().values()
                .forEach(state -> state.transitions().values().forEach(transition -> way(state, transition)));
        workflow.states().values().forEach(this::box);
        return svg.append("</svg>\n").toString();
    }

    private void box(State state) {
        Layout.Box box = layout.box(state.name());
        svg.append(String.format(Locale.ROOT,
                "<g><rect class=\"state%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>",
                state.last() ? " last" : "", box.x(), box.y(), Layout.BOX_WIDTH, Layout.BOX_HEIGHT));
        text("", box.middleX(), box.middleY() + 5, state.label());
        svg.append("</g>\n");
    }

    private void way(State state, Transition transition) {
        Layout.Box from = layout.box(state.name());
        Layout.Box to = layout.box(transition.target());
        // Several ways between the same two states are drawn beside each other.
        int nth = drawn.merge(state.name() + "\n" + transition.target(), 1, Integer::sum) - 1;
        if (to.x() > from.x()) {
            int bend = (from.right() + to.x()) / 2;
            int shift = nth * 18;
            path(String.format(Locale.ROOT, "M%d %dC%d %d %d %d %d %d", from.right(), from.middleY() + shift / 2, bend,
                    from.middleY() + shift, bend, to.middleY() + shift, to.x(), to.middleY() + shift / 2));
            text("label", bend, (from.middleY() + to.middleY()) / 2 - 4 + shift, MermaidDiagram.label(transition));
        } else {
            int depth = Math.max(from.bottom(), to.bottom()) + 26 + nth * 18;
            int start = from.middleX() + 20 + nth * 6;
            int end = to.middleX() - 20 - nth * 6;
            path(String.format(Locale.ROOT, "M%d %dC%d %d %d %d %d %d", start, from.bottom(), start, depth, end, depth,
                    end, to.bottom()));
            text("label", (start + end) / 2, depth - 4, MermaidDiagram.label(transition));
        }
    }

    private void path(String data) {
        svg.append("<path class=\"way\" d=\"").append(data).append("\"/>\n");
    }

    private void text(String kind, int x, int y, String words) {
        String shown = words.codePointCount(0, words.length()) > LABEL_LIMIT
                ? words.substring(0, words.offsetByCodePoints(0, LABEL_LIMIT - 1)) + "…"
                : words;
        svg.append(String.format(Locale.ROOT, "<text%s x=\"%d\" y=\"%d\">%s</text>",
                kind.isEmpty() ? "" : " class=\"" + kind + "\"", x, y, escaped(shown)));
        if (!kind.isEmpty()) {
            svg.append('\n');
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    // XML knows no other control characters, and no text needs these.
                    if (!Character.isISOControl(c)) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
