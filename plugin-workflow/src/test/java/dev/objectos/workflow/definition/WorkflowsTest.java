package dev.objectos.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.workflow.TestingFiles;
import dev.objectos.workflow.definition.WorkflowDefinition.State;
import dev.objectos.workflow.definition.WorkflowDefinition.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowsTest {

    @Test
    void readsTheSeedAsItIs() {
        Catalog catalog = TestingCatalogs.ofFiles(TestingFiles.with(TestingFiles.SEED));

        assertThat(Workflows.of(catalog).violations()).isEmpty();
        CompiledWorkflow workflow = Workflows.of(catalog).named("leave_request_flow").orElseThrow();
        assertThat(workflow.definition().initial()).isEqualTo("draft");
        assertThat(workflow.definition().version()).isEqualTo(1);
        assertThat(workflow.definition().states().values()).filteredOn(State::last).extracting(State::name)
                .containsExactly("approved", "rejected");
        var transitions = workflow.definition().states().get("pending_approval").transitions();
        assertThat(transitions.get("approve").guards()).containsExactly("can_approve");
        assertThat(transitions.get("reject").guards()).isEmpty();
        assertThat(workflow.states().get("approved").onEnter()).hasSize(1);
    }

    @Test
    void readsTheLongFormsToo() {
        List<Violation> violations = violations("""
                object: leave_requests
                version: 3
                initial: draft
                actions:
                  tell_boss: {type: notify, to: [ada, "${record.employee.boss}"], title: "Hello ${record.reason}"}
                states:
                  - name: draft
                    transitions:
                      submit: {target: pending_approval, guards: [has_days], actions: [tell_boss], roles: [employee]}
                  - name: pending_approval
                    on_exit: [{action: update_field, field: reason, value: done}]
                    timers: [{after: 3d, notify: "${record.manager}"}, {after: PT2H, transition: reject}]
                    transitions:
                      approve: {target: approved, guard: "${record.days < 30}", comment_required: true}
                      reject: rejected
                  - {name: approved, final: true}
                  - {name: rejected, final: true}
                guards:
                  has_days: {field: days, operator: ">", value: 0}
                """);

        assertThat(violations).isEmpty();
    }

    @Test
    void keepsTimers() {
        CompiledWorkflow workflow = only(Workflows.of(TestingCatalogs.ofFiles(TestingFiles.with("""
                object: leave_requests
                states:
                  draft: {initial: true, transitions: {submit: approved}, timers: [{after: 3d, transition: submit}]}
                  approved: {final: true}
                """))));

        assertThat(workflow.definition().states().get("draft").timers()).extracting(Timer::after, Timer::transition)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Duration.ofDays(3), "submit"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            guards: {can_go: {condition: '${record.managr != null}'}}                      | 3:40: error: the guard can_go: 'managr' is not a field of leave_requests (did you mean 'manager'?)
            guards: {can_go: {condition: '${record.days}'}}                                | 3:33: error: the guard can_go: the expression gives number, but boolean is needed (compare it with something)
            guards: {can_go: {condition: '${record.days > 1}'}, can_fly: 'true'}           | 3:63: error: nothing uses the guard 'can_fly' (write guard: can_fly at a transition, or name it after one: can_go)
            guards: {can_go: {}}                                                           | 3:18: error: the condition says neither field and operator nor expression (write {field, operator, value}, or an expression)
            """)
    void namesTheLineOfABadGuard(String guards, String violation) {
        assertThat(violations("""
                object: leave_requests
                states: {draft: {initial: true, transitions: {go: approved}}, approved: {final: true}}
                %s
                """.formatted(guards))).extracting(WorkflowsTest::withoutFile).containsExactly(violation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {action: update_field, field: approved, value: x}          | 5:46: error: leave_requests has no field 'approved'
            {action: update_field, field: approved_at, value: '${record.days}'} | error: the value of approved_at: the expression gives number, but datetime is needed
            {action: update_field, field: days, value: many}           | error: the value of days
            {action: update_field, field: status, value: approved}     | error: 'status' holds the state, which transitions alone change
            {action: update_field, field: version, value: 3}           | error: 'version' is set by the platform
            {action: update_field, field: days}                        | error: update_field needs a field and a value
            {action: notify, to: '${record.employee}'}                 | error: whom to notify is id of employees, not a user
            {action: notify, to: '${record.employee.bos}'}             | error: whom to notify: 'bos' is not a field of employees (did you mean 'boss'?)
            {action: notify}                                           | error: notify does not say whom
            {action: notify, to: ada, title: 'Hi ${record.raeson}'}    | error: the text: 'raeson' is not a field of leave_requests
            {action: fly}                                              | error: there is no action 'fly'
            {action: webhook, url: x}                                  | warning: workflows do not carry out 'webhook'
            unheard_of                                                 | warning: nothing says what the action 'unheard_of' does
            """)
    void namesWhatIsWrongWithAnAction(String action, String violation) {
        List<Violation> found = violations("""
                object: leave_requests
                states:
                  draft: {initial: true, transitions: {go: approved}}
                  approved:
                    on_enter: [%s]
                    final: true
                """.formatted(action));

        assertThat(found).hasSize(1);
        assertThat(withoutFile(found.getFirst())).contains(violation).startsWith("5:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {draft: {transitions: {go: approved}}, approved: {final: true}}                         | no state is the initial one
            {draft: {initial: true, transitions: {go: approved}}, approved: {initial: true, final: true}} | more than one state is the initial one: draft, approved
            {draft: {initial: true, transitions: {go: done}}, done: {final: true}}                  | the state 'done' is none of the options of leave_requests.status
            {draft: {initial: true, transitions: {go: approved}}, approved: {}}                     | nothing leads away from 'approved'
            {draft: {initial: true, transitions: {go: approved}}, approved: {final: true}, rejected: {final: true}} | no way leads to 'rejected'
            {draft: {initial: true, final: true, transitions: {go: approved}}, approved: {final: true}} | 'draft' is final and has transitions
            {draft: {initial: true, transitions: {go: {target: approved, guard: can}}}, approved: {final: true}} | there is no guard 'can'
            {draft: {initial: true, transitions: {'a/b': approved}}, approved: {final: true}}       | 'a/b' cannot be a transition's name
            {draft: {initial: true, transitions: {go: approved}, timers: [{after: soon}]}, approved: {final: true}} | 'soon' is no span of time
            {draft: {initial: true, transitions: {go: approved}, timers: [{after: 1h, transition: fly}]}, approved: {final: true}} | there is no transition 'fly' here
            """)
    void namesWhatIsWrongWithStates(String states, String message) {
        assertThat(violations("object: leave_requests\nstates: " + states + "\n")).extracting(Violation::message)
                .contains(message);
    }

    @Test
    void aFieldThatCannotHoldAStateIsNamed() {
        assertThat(violations("""
                object: leave_requests
                state_field: days
                states: {draft: {initial: true, transitions: {go: approved}}, approved: {final: true}}
                """)).extracting(WorkflowsTest::withoutFile).containsExactly(
                "2:14: error: leave_requests.days is of type number and cannot hold a state (use a select or text field)");
    }

    @Test
    void anObjectHasOneStateMachine() {
        Map<String, String> files = TestingFiles.with(TestingFiles.SEED);
        files.put("workflows/second.workflow.yml", """
                name: second
                object: leave_requests
                states: {draft: {initial: true, transitions: {go: approved}}, approved: {final: true}}
                """);
        files.put("workflows/third.workflow.yml", """
                name: third
                active: false
                object: leave_requests
                states: {draft: {initial: true, transitions: {go: approved}}, approved: {final: true}}
                """);

        Workflows workflows = Workflows.of(TestingCatalogs.ofFiles(files));

        assertThat(workflows.all()).hasSize(1);
        assertThat(workflows.violations()).extracting(Violation::message).containsExactly(
                "leave_requests has a state machine already: 'leave_request_flow' in workflows/leave_request.workflow.yml");
    }

    @Test
    void stepsAreKeptWithoutAMachine() {
        Catalog catalog = TestingCatalogs.ofFiles(TestingFiles.with("""
                name: approval
                type: approval
                object: leave_requests
                trigger: {event: create_or_update, conditions: [{field: days, operator: ">", value: 10}]}
                steps:
                  - name: review
                    type: approval
                    assignee: {type: role, role: manager}
                    actions: {approve: {label: Approve, outcome: approved}, reject: {outcome: rejected}}
                """));

        assertThat(catalog.violations()).isEmpty();
        assertThat(Workflows.of(catalog).violations()).isEmpty();
        assertThat(Workflows.of(catalog).isEmpty()).isTrue();
        assertThat(catalog.item("workflow", "approval")).isPresent();
    }

    @Test
    void rolesAndRequiredCommentsAreKept() {
        CompiledWorkflow workflow = only(Workflows.of(TestingCatalogs.ofFiles(TestingFiles.with("""
                object: leave_requests
                states:
                  draft: {initial: true, transitions: {go: {target: approved, roles: [hr], comment_required: true}}}
                  approved: {final: true}
                """))));

        var transition = workflow.definition().states().get("draft").transitions().get("go");
        assertThat(transition.roles()).isEqualTo(Set.of("hr"));
        assertThat(transition.commentRequired()).isTrue();
    }

    private static CompiledWorkflow only(Workflows workflows) {
        assertThat(workflows.violations()).isEmpty();
        return workflows.all().iterator().next();
    }

    private static List<Violation> violations(String workflow) {
        return Workflows.of(TestingCatalogs.ofFiles(TestingFiles.with(workflow))).violations();
    }

    private static String withoutFile(Violation violation) {
        assertThat(violation.where().file()).isEqualTo("workflows/leave_request.workflow.yml");
        return violation.toString().substring(violation.where().file().length() + 1);
    }
}
