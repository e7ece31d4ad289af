package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.Binding;
import dev.objectos.runtime.plan.Cursor;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A statement that any number of requests can be sent with: its text, and where the values of its parameters come from. */
public final class PreparedQuery {

    /** How long a value that was too large lets others be expected. */
    private static final Duration LARGE_EXPECTED = Duration.ofMinutes(10);

    private final String object;
    private final String kind;
    private final String sql;
    private final List<Parameter> parameters;
    private final @Nullable AnswerLayout layout;
    private final @Nullable StreamLayout stream;
    private final Map<PlanMode, String> withTenant = new EnumMap<>(PlanMode.class);
    private final PlanModeChoice planMode = new PlanModeChoice();
    private final @Nullable PreparedQuery forLargeValues;
    private volatile @Nullable Long largeUntil;

    /**
     * @param kind get, query, stream, aggregate, selection or check
     * @param layout how its rows become JSON; null: otherwise
     * @param stream how they are read one after another; null: they are not
     * @param forLargeValues the same for rows with values that this one leaves out for their size; null: it leaves out none
     */
    PreparedQuery(String object, String kind, String sql, List<Parameter> parameters,
            @Nullable AnswerLayout layout, @Nullable StreamLayout stream, @Nullable PreparedQuery forLargeValues) {
        this.object = object;
        this.kind = kind;
        this.sql = sql;
        this.parameters = List.copyOf(parameters);
        this.layout = layout;
        this.stream = stream;
        this.forLargeValues = forLargeValues;
        for (PlanMode mode : PlanMode.values()) {
            withTenant.put(mode, mode.withTenant(sql));
        }
    }

    /** Whether the answer depends on who asks, beyond what they may see. */
    public boolean personal() {
        return parameters.stream().map(Parameter::binding)
                .anyMatch(binding -> binding instanceof Binding.OfSession
                        || binding instanceof Binding.TextsOfSession);
    }

    /** The values for one request; refuses those that do not fit. */
    public BoundQuery bind(BindContext context) {
        if (forLargeValues != null && largeLately()) {
            return forLargeValues.bind(context);
        }
        Cursor cursor = context.values().cursor();
        if (cursor != null && !cursor.digest().equals(order())) {
            throw Cursor.otherOrder();
        }
        @Nullable
        Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.get(i).binding().value(context);
        }
        return new BoundQuery(this, context, values);
    }

    /** After there was a value that this statement leaves out: the one that shows it, which is used for a while then. */
    BoundQuery bindForLargeValues(BindContext context) {
        largeUntil = System.nanoTime() + LARGE_EXPECTED.toNanos();
        return Objects.requireNonNull(forLargeValues).bind(context);
    }

    private boolean largeLately() {
        Long until = largeUntil;
        return until != null && System.nanoTime() - until < 0;
    }

    public String object() {
        return object;
    }

    public String kind() {
        return kind;
    }

    /** The digest that a cursor must carry; null: it takes none. */
    private @Nullable String order() {
        return layout instanceof PageLayout page && page.cursor() != null ? page.cursor().digest() : null;
    }

    /** How its rows become JSON. */
    AnswerLayout layout() {
        return Objects.requireNonNull(layout);
    }

    /** How its rows are read one after another. */
    StreamLayout stream() {
        return Objects.requireNonNull(stream);
    }

    /** With {@code ?} for each parameter. */
    public String sql() {
        return sql;
    }

    /** The same after a statement that takes the tenant's id and sets it for this call alone. */
    String withTenant(PlanMode mode) {
        return Objects.requireNonNull(withTenant.get(mode));
    }

    PlanModeChoice planMode() {
        return planMode;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * A parameter.
     *
     * @param elementType PostgreSQL type of the elements of a list; null: it is no list
     */
    public record Parameter(Binding binding, @Nullable String elementType) {}
}
