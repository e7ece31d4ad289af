package dev.objectos.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

/** An object of leave requests, and workflows on it. */
public final class TestingFiles {

    /** As the first workflow of this language was written, to the letter. */
    public static final String SEED = """
            # workflows/leave_request.workflow.yml
            name: leave_request_flow
            label: Leave Request Workflow
            object: leave_requests

            states:
              draft:
                label: Draft
                initial: true
                transitions:
                  submit: pending_approval

              pending_approval:
                label: Pending Approval
                transitions:
                  approve: approved
                  reject: rejected

                # Actions on entering state
                on_enter:
                  - action: notify
                    to: ${record.manager}
                    template: approval_request

              approved:
                label: Approved
                final: true
                on_enter:
                  - action: update_field
                    field: approved_at
                    value: ${now}

              rejected:
                label: Rejected
                final: true

            guards:
              can_approve:
                condition: ${currentUser.id == record.manager.id}
            """;

    private static final String OBJECT = """
            name: leave_requests
            label: Leave request
            name_field: reason
            fields:
              reason: {type: text}
              days: {type: number, scale: 1}
              manager: {type: lookup, reference_to: user}
              employee: {type: lookup, reference_to: employees}
              status:
                type: select
                options: [draft, pending_approval, approved, rejected, cancelled]
              approved_at: {type: datetime}
            validations:
              - {name: days_when_approved, condition: "record.status != 'approved' || record.days != null",
                 message: An approved request has days, fields: [days]}
            """;

    private static final String EMPLOYEES = """
            name: employees
            fields:
              name: {type: text}
              boss: {type: lookup, reference_to: user}
            """;

    private TestingFiles() {}

    /** Files by path: the objects, and a workflow. */
    public static Map<String, String> with(String workflow) {
        return with("workflows/leave_request.workflow.yml", workflow);
    }

    public static Map<String, String> with(String path, String workflow) {
        var files = new LinkedHashMap<String, String>();
        files.put("objects/leave_requests.object.yml", OBJECT);
        files.put("objects/employees.object.yml", EMPLOYEES);
        files.put(path, workflow);
        return files;
    }
}
