package dev.objectos.workflow.diagram;

import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Transition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the states of a workflow stand in a picture, in pixels.
 *
 * @param boxes by state
 */
record Layout(Map<String, Box> boxes, int width, int height) {

    static final int MARGIN = 60;
    static final int BOX_WIDTH = 170;
    static final int BOX_HEIGHT = 46;

    private static final int COLUMN_GAP = 170;
    private static final int ROW_GAP = 64;

    /** A state's place: its upper left corner. */
    record Box(int x, int y) {

        int middleX() {
            return x + BOX_WIDTH / 2;
        }

        int middleY() {
            return y + BOX_HEIGHT / 2;
        }

        int right() {
            return x + BOX_WIDTH;
        }

        int bottom() {
            return y + BOX_HEIGHT;
        }
    }

    static Layout of(WorkflowDefinition workflow) {
        List<List<String>> columns = columns(workflow);
        int rows = columns.stream().mapToInt(List::size).max().orElse(1);
        int height = 2 * MARGIN + rows * BOX_HEIGHT + (rows - 1) * ROW_GAP;
        var boxes = new LinkedHashMap<String, Box>();
        for (int column = 0; column < columns.size(); column++) {
            List<String> states = columns.get(column);
            int used = states.size() * BOX_HEIGHT + (states.size() - 1) * ROW_GAP;
            for (int row = 0; row < states.size(); row++) {
                boxes.put(states.get(row), new Box(MARGIN + column * (BOX_WIDTH + COLUMN_GAP),
                        (height - used) / 2 + row * (BOX_HEIGHT + ROW_GAP)));
            }
        }
        return new Layout(boxes,
                2 * MARGIN + columns.size() * BOX_WIDTH + (columns.size() - 1) * COLUMN_GAP, height);
    }

    Box box(String state) {
        return Objects.requireNonNull(boxes.get(state));
    }

    /** States by their distance from the initial one; those that no way leads to come last. */
    private static List<List<String>> columns(WorkflowDefinition workflow) {
        var distance = new LinkedHashMap<String, Integer>();
        var next = new ArrayDeque<String>();
        distance.put(workflow.initial(), 0);
        next.add(workflow.initial());
        while (!next.isEmpty()) {
            State state = Objects.requireNonNull(workflow.states().get(next.remove()));
            for (Transition transition : state.transitions().values()) {
                if (distance.putIfAbsent(transition.target(),
                        Objects.requireNonNull(distance.get(state.name())) + 1) == null) {
                    next.add(transition.target());
                }
            }
        }
        int last = distance.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        var columns = new ArrayList<List<String>>();
        for (String state : workflow.states().keySet()) {
            int column = distance.getOrDefault(state, last + 1);
            while (columns.size() <= column) {
                columns.add(new ArrayList<>());
            }
            columns.get(column).add(state);
        }
        return columns;
    }
}
