package dev.objectos.permissions.conformance;

import static dev.objectos.permissions.conformance.Operation.CREATE;
import static dev.objectos.permissions.conformance.Operation.DELETE;
import static dev.objectos.permissions.conformance.Operation.READ;
import static dev.objectos.permissions.conformance.Operation.UPDATE;
import static dev.objectos.permissions.conformance.Schema.ACCOUNTS;
import static dev.objectos.permissions.conformance.Schema.DEALS;
import static dev.objectos.permissions.conformance.Schema.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.permissions.conformance.Condition.Compare;
import dev.objectos.permissions.conformance.Condition.Op;
import dev.objectos.permissions.conformance.Condition.Operand;
import dev.objectos.permissions.conformance.ObjectRules.Default;
import dev.objectos.permissions.conformance.ObjectRules.FieldRules;
import dev.objectos.permissions.conformance.ObjectRules.Mask;
import dev.objectos.permissions.conformance.ObjectRules.MaskPlace;
import dev.objectos.permissions.conformance.ObjectRules.Role;
import dev.objectos.permissions.conformance.ObjectRules.RowSecurity;
import dev.objectos.permissions.conformance.ObjectRules.Sharing;
import dev.objectos.permissions.conformance.Schema.OnDelete;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Mutation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The model says what the document says, sentence by sentence. */
class ReferenceModelTest {

    private static final UUID BOSS = RandomWorld.USERS.get(0);
    private static final UUID CLERK = RandomWorld.USERS.get(1);
    private static final UUID OTHER = RandomWorld.USERS.get(4);
    private static final UUID FIRST = RandomWorld.id(101);
    private static final UUID SECOND = RandomWorld.id(102);
    private static final UUID DEAL = RandomWorld.id(103);
    private static final UUID TASK = RandomWorld.id(104);

    private static final Condition OPEN = new Compare(List.of("status"), Op.EQUALS, new Operand.Constant("open"));
    private static final Compare MINE = new Compare(List.of("owner"), Op.EQUALS, new Operand.Me());
    private static final TestingRules NOTHING = new TestingRules();

    @Test
    void permitsNothingUnlessSomethingWrittenDoes() {
        assertThat(rights(NOTHING, CLERK, "sales").possible(ACCOUNTS, READ)).isFalse();
        assertThat(rights(NOTHING.set("sales", READ), OTHER).possible(ACCOUNTS, READ)).isFalse();
        assertThat(rights(NOTHING.set("sales", READ), CLERK, "sales").possible(ACCOUNTS, READ)).isTrue();
    }

    @Test
    void permitsAdministratorsEverything() {
        var administrator = new ReferenceRights(rules(NOTHING.build()), world(), new Person(OTHER, Set.of(), true));

        assertThat(administrator.may(DELETE, ACCOUNTS, administrator.world().get(ACCOUNTS, FIRST))).isTrue();
    }

    @Test
    void bringsSetsAlongThroughRolesAndTheirSteps() {
        TestingRules rules = NOTHING.set("admin", READ).role("manager", new Role(List.of("lead"), List.of()))
                .role("lead", new Role(List.of(), List.of("owner")));

        assertThat(rights(rules, CLERK, "manager").sets(DEALS)).contains("lead", "owner", "admin", "everyone");
        assertThat(reads(rules, CLERK, "manager", FIRST)).isTrue();
    }

    @Test
    void reachesWhatSharingLeavesOpen() {
        TestingRules grant = NOTHING.set("sales", READ, UPDATE);
        Map<Default, List<Boolean>> reached = Map.of( //
                Default.READ_WRITE, List.of(true, true), Default.READ, List.of(true, false), //
                Default.PRIVATE, List.of(false, false));
        reached.forEach((byDefault, expected) -> {
            TestingRules rules = grant.sharing(new Sharing(byDefault, null));
            assertThat(List.of(reads(rules, OTHER, "sales", FIRST), updates(rules, OTHER, "sales", FIRST)))
                    .as("%s, of others", byDefault).isEqualTo(expected);
            assertThat(updates(rules, CLERK, "sales", FIRST)).as("%s, one's own", byDefault).isTrue();
            assertThat(updates(rules, BOSS, "sales", FIRST)).as("%s, a subordinate's", byDefault).isTrue();
        });
    }

    @Test
    void leavesPrivateRecordsToRulesWhereThereAreAny() {
        TestingRules rules = NOTHING.set("sales", READ).sharing(new Sharing(Default.PRIVATE, null)).rule(0, true, OPEN,
                READ);

        assertThat(reads(rules, OTHER, "sales", FIRST)).isTrue();
        assertThat(reads(rules, OTHER, "sales", SECOND)).as("one's own, of which no rule speaks").isFalse();
    }

    @Test
    void reachesWithConditionsWhateverTheDefault() {
        TestingRules rules = NOTHING.conditional("sales", READ, MINE).sharing(new Sharing(Default.PRIVATE, null));

        assertThat(reads(rules, CLERK, "sales", FIRST)).isTrue();
        assertThat(reads(rules, BOSS, "sales", FIRST)).isFalse();
    }

    @Test
    void takesAwayByRowLevelSecurityButNotWhatIsShared() {
        TestingRules rules = NOTHING.set("sales", READ).security(new RowSecurity(true, MINE,
                List.of(new ObjectRules.Exemption("auditor", null)), true));

        assertThat(reads(rules, CLERK, "sales", FIRST)).isTrue();
        assertThat(reads(rules, OTHER, "sales", FIRST)).isFalse();
        assertThat(rights(rules, OTHER, "sales", "auditor").may(READ, ACCOUNTS, world().get(ACCOUNTS, FIRST))).isTrue();
        assertThat(reads(rules.share("sales", "read", OPEN), OTHER, "sales", FIRST)).isTrue();
    }

    @Test
    void sharesNoOperationThatNoSetGrants() {
        TestingRules rules = NOTHING.set("sales", READ).sharing(new Sharing(Default.PRIVATE, null)).share("sales",
                "full", OPEN);

        assertThat(reads(rules, OTHER, "sales", FIRST)).isTrue();
        assertThat(updates(rules, OTHER, "sales", FIRST)).isFalse();
        assertThat(updates(rules.set("sales", READ, UPDATE), OTHER, "sales", FIRST)).isTrue();
    }

    @Test
    void heedsNoRuleForWhoViewsAll() {
        TestingRules rules = NOTHING.rule(9, false, OPEN, READ, UPDATE);

        assertThat(reads(rules.listed("view_all", "sales"), OTHER, "sales", FIRST)).isTrue();
        assertThat(updates(rules.listed("view_all", "sales"), OTHER, "sales", FIRST)).isFalse();
        assertThat(updates(rules.listed("modify_all", "sales"), OTHER, "sales", FIRST)).isTrue();
    }

    @Test
    void lastWordHasTheHighestPriorityAndAmongEqualsTheRestriction() {
        TestingRules rules = NOTHING.set("sales", READ).rule(2, false, OPEN, READ);

        assertThat(reads(rules, OTHER, "sales", FIRST)).isFalse();
        assertThat(reads(rules, OTHER, "sales", SECOND)).as("where no rule speaks").isTrue();
        assertThat(reads(rules.rule(3, true, OPEN, READ), OTHER, "sales", FIRST)).isTrue();
        assertThat(reads(rules.rule(2, true, OPEN, READ), OTHER, "sales", FIRST)).isFalse();
        assertThat(reads(rules.rule(null, true, OPEN, READ), OTHER, "sales", FIRST)).isFalse();
    }

    @Test
    void grantsByARuleWhatNoSetGrantsWhereSomeSetGrantsSomething() {
        TestingRules rule = NOTHING.rule(0, true, OPEN, READ);

        assertThat(rights(rule, OTHER, "sales").possible(ACCOUNTS, READ)).isFalse();
        assertThat(reads(rule.set("sales", CREATE), OTHER, "sales", FIRST)).isTrue();
    }

    @Test
    void holdsNoConditionOverAMissingValue() {
        for (Op op : List.of(Op.EQUALS, Op.NOT_EQUALS, Op.CONTAINS)) {
            Condition condition = new Compare(List.of("region"), op, new Operand.Constant("ash"));
            assertThat(reads(NOTHING.set("sales", CREATE).rule(0, true, condition, READ), OTHER, "sales", FIRST))
                    .as(op.name()).isFalse();
        }
    }

    @Test
    void answersWhatMayNotBeReadAsMissingAndWhatMayNotBeChangedAsRefused() {
        var delete = new Mutation.Delete(ACCOUNTS, FIRST, null);
        TestingRules own = NOTHING.set("sales", READ, DELETE);

        assertThat(change(own.sharing(new Sharing(Default.PRIVATE, null)), OTHER, delete).refusals())
                .containsExactly(RuntimeError.RECORD_NOT_FOUND);
        assertThat(change(own.sharing(new Sharing(Default.READ, null)), OTHER, delete).refusals())
                .containsExactly(RuntimeError.PERMISSION_DENIED);
        assertThat(change(NOTHING.set("sales", READ), OTHER, delete).refusals())
                .containsExactly(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void judgesACreationByTheRecordAsItIsMade() {
        TestingRules rules = NOTHING.conditional("sales", CREATE, MINE).sharing(new Sharing(Default.PRIVATE, null));
        UUID id = RandomWorld.id(500);

        assertThat(change(rules.set("everyone", READ), OTHER, new Mutation.Create(ACCOUNTS, Map.of(), id)).refusals())
                .isEmpty();
        assertThat(change(rules.set("everyone", READ), OTHER,
                new Mutation.Create(ACCOUNTS, Map.of("owner", CLERK.toString()), id)).refusals())
                .containsExactly(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void followsTheParentWhereItControls() {
        var deals = NOTHING.set("sales", READ, UPDATE).sharing(new Sharing(Default.CONTROLLED_BY_PARENT, null)).build();
        for (boolean readable : List.of(true, false)) {
            ObjectRules accounts = (readable ? NOTHING.set("sales", READ) : NOTHING).build();
            var rights = new ReferenceRights(new Rules(OnDelete.CASCADE, OnDelete.SET_NULL,
                    Map.of(ACCOUNTS, accounts, DEALS, deals)), world(), person(OTHER, "sales"));
            Map<String, @Nullable Object> deal = rights.world().get(DEALS, DEAL);
            assertThat(rights.may(READ, DEALS, deal)).isEqualTo(readable);
            assertThat(rights.may(UPDATE, DEALS, deal)).isFalse();
        }
    }

    @Test
    void seesAndWritesFieldsAsTheirRestrictionsSay() {
        List<String> hr = List.of("hr");
        TestingRules rules = NOTHING.set("sales", READ, UPDATE)
                .field("amount", new FieldRules(hr, null, null, null, null, null))
                .field("region", new FieldRules(null, hr, null, null, null, null))
                .field("name", new FieldRules(null, null, null, hr, List.of("sales"), null));
        var fields = new ReferenceFields(rights(rules, CLERK, "sales"));

        assertThat(fields.seen(ACCOUNTS, "amount")).isFalse();
        assertThat(fields.seen(ACCOUNTS, "doubled")).as("computed from what is not seen").isFalse();
        assertThat(fields.seen(ACCOUNTS, "told")).as("declassified").isTrue();
        assertThat(fields.writable(ACCOUNTS, "region", UPDATE)).isFalse();
        assertThat(fields.writable(ACCOUNTS, "name", UPDATE)).isFalse();
        assertThat(new ReferenceFields(rights(rules.set("sales", READ, UPDATE, CREATE), CLERK, "sales"))
                .writable(ACCOUNTS, "name", CREATE)).isTrue();
        assertThat(new ReferenceFields(rights(rules, CLERK, "sales", "hr")).seen(ACCOUNTS, "doubled")).isTrue();
    }

    @Test
    void masksForWhoIsNotNamedOrMayNotWrite() {
        var named = new FieldRules(null, null, null, null, null,
                new Mask(MaskPlace.FIELD_MASKING, "full", List.of("hr")));
        var unnamed = new FieldRules(null, List.of("hr"), null, null, null, new Mask(MaskPlace.FIELD, "last4", null));
        TestingRules rules = NOTHING.set("sales", READ, UPDATE).field("email", named).field("name", unnamed);

        assertThat(new ReferenceFields(rights(rules, CLERK, "sales")).mask(ACCOUNTS, "email")).isEqualTo("full");
        assertThat(new ReferenceFields(rights(rules, CLERK, "sales")).mask(ACCOUNTS, "name")).isEqualTo("last4");
        var hr = new ReferenceFields(rights(rules, CLERK, "sales", "hr"));
        assertThat(hr.mask(ACCOUNTS, "email")).isNull();
        assertThat(hr.mask(ACCOUNTS, "name")).isNull();
        assertThat(List.of("full", "last4", "email", "not shown")).extracting(
                format -> ReferenceFields.masked(format, "birch@example.com"))
                .containsExactly("****", "****.com", "b***@example.com", "not shown");
    }

    @Test
    void takesDetailsAlongAndAsksForOtherDependents() {
        ObjectRules accounts = NOTHING.set("sales", READ, DELETE).build();
        var delete = new Mutation.Delete(ACCOUNTS, FIRST, null);
        var cascading = new Rules(OnDelete.CASCADE, OnDelete.SET_NULL, Map.of(ACCOUNTS, accounts));

        assertThat(change(cascading, OTHER, delete).refusals()).containsExactly(RuntimeError.PERMISSION_DENIED);
        Verdict permitted = change(cascading.with(TASKS, accounts), OTHER, delete);
        assertThat(permitted.refusals()).isEmpty();
        assertThat(permitted.after().all(DEALS)).isEmpty();
        assertThat(permitted.after().all(TASKS)).isEmpty();
        assertThat(change(new Rules(OnDelete.RESTRICT, OnDelete.SET_NULL, Map.of(ACCOUNTS, accounts)), OTHER, delete)
                .refusals()).containsExactly(RuntimeError.DELETE_RESTRICTED);
        assertThat(change(new Rules(OnDelete.SET_NULL, OnDelete.SET_NULL, Map.of(ACCOUNTS, accounts)), OTHER, delete)
                .after().get(TASKS, TASK)).containsEntry("account", null);
    }

    private static boolean reads(TestingRules rules, UUID user, String role, UUID record) {
        return rights(rules, user, role).may(READ, ACCOUNTS, world().get(ACCOUNTS, record));
    }

    private static boolean updates(TestingRules rules, UUID user, String role, UUID record) {
        return rights(rules, user, role).may(UPDATE, ACCOUNTS, world().get(ACCOUNTS, record));
    }

    private static Verdict change(TestingRules rules, UUID user, Mutation mutation) {
        return change(rules(rules.build()), user, mutation);
    }

    private static Verdict change(Rules rules, UUID user, Mutation mutation) {
        return new ReferenceWrites(new ReferenceRights(rules, world().under(rules.schema()), person(user, "sales")))
                .change(mutation);
    }

    private static ReferenceRights rights(TestingRules rules, UUID user, String... roles) {
        return new ReferenceRights(rules(rules.build()), world(), person(user, roles));
    }

    private static Person person(UUID user, String... roles) {
        return new Person(user, Set.of(roles), false);
    }

    private static Rules rules(ObjectRules accounts) {
        return new Rules(OnDelete.CASCADE, OnDelete.SET_NULL, Map.of(ACCOUNTS, accounts));
    }

    /** An open account of the clerk, who works for the boss, with a deal and a task, and a closed one of somebody else. */
    private static World world() {
        var world = new World(new Schema(OnDelete.CASCADE, OnDelete.SET_NULL));
        world.put(Schema.USER, record("id", BOSS));
        world.put(Schema.USER, record("id", CLERK, "manager", BOSS));
        world.put(Schema.USER, record("id", OTHER));
        world.put(ACCOUNTS, record("id", FIRST, "owner", CLERK, "status", "open", "name", "birch"));
        world.put(ACCOUNTS, record("id", SECOND, "owner", OTHER, "status", "closed"));
        world.put(DEALS, record("id", DEAL, "account", FIRST));
        world.put(TASKS, record("id", TASK, "account", FIRST, "deal", DEAL));
        world.summarize();
        return world;
    }

    private static Map<String, @Nullable Object> record(Object... namesAndValues) {
        var record = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return record;
    }
}
