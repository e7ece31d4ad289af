package dev.objectos.runtime.pipeline;

/** The objects that the tests of reading use: one field of each kind, lookups, several references, reference data. */
final class SalesObjects {

    static final String ACCOUNTS = """
            name: accounts
            label: Account
            fields:
              name: {type: text, searchable: true}
              notes: {type: textarea, searchable: true}
              industry: {type: select, options: [tech, retail, health]}
              revenue: {type: currency, precision: 18, scale: 2}
              employees: {type: integer}
              active: {type: boolean}
              founded: {type: date}
              opens: {type: time}
              seen_at: {type: datetime}
              tags: {type: tags}
              extra: {type: json}
              api_key: {type: secret}
              pin: {type: password}
              shape: {type: vector}
              previous_name: {type: text}
              parent: {type: lookup, reference_to: accounts}
              region: {type: lookup, reference_to: regions}
              watchers: {type: lookup, reference_to: user, multiple: true}
              title: {type: formula, expression: "record.name + '!'", return_type: text}
              doubled: {type: formula, expression: "record.revenue * 2", return_type: number}
              is_new: {type: formula, expression: "record.founded >= today", return_type: boolean}
            """;

    static final String CONTACTS = """
            name: contacts
            label: Contact
            name_field: last_name
            fields:
              last_name: {type: text}
              email: {type: email}
              salary: {type: currency, scale: 2}
              account: {type: lookup, reference_to: accounts}
              employer: {type: formula, expression: "record.account.name", return_type: text}
              employer_title: {type: formula, expression: "record.account.title", return_type: text}
              yearly: {type: formula, expression: "record.salary * 12", return_type: number}
              well_paid: {type: formula, expression: "record.salary > 100", return_type: boolean, declassified: true}
            """;

    static final String REGIONS = """
            name: regions
            label: Region
            tenancy: global
            fields:
              code: {type: text}
              name: {type: text}
            """;

    static final String USERS = """
            name: user
            fields:
              name: {type: text}
              email: {type: email}
            """;

    private SalesObjects() {}

    static TestingRecords publish(String database) {
        return TestingRecords.of(database, USERS, REGIONS, ACCOUNTS, CONTACTS);
    }
}
