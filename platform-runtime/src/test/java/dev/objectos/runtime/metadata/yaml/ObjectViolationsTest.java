package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static dev.objectos.runtime.metadata.yaml.TestingLoads.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in an object file is named, with its place and what to write instead. */
class ObjectViolationsTest {

    private static final String OK = "a.object.yml";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fields: []                                  | 1:9: error: 'fields' must be a map, not a list (write fields: {…})
            labl: A                                     | 1:1: warning: an object has no key 'labl' (did you mean 'label'?)
            {label: A, title: B}                        | 1:12: error: 'label' and 'title' of an object are the same thing (keep one of them, best as 'label')
            tenancy: private                            | 1:10: error: 'tenancy' does not know 'private' (write shared, global)
            enable: {audit: yes}                        | 1:17: error: 'audit' must be true or false, not text (write audit: true)
            name: Contact Person                        | 1:7: error: 'Contact Person' is no object name: it must be snake_case with at most 63 characters (write name: contact_person)
            name: workflow                              | 1:7: error: 'workflow' is a type of metadata and no name for an object (choose another name, such as workflow_record)
            name_field: nmae                            | 1:13: error: name_field names the field 'nmae', which the object does not have
            indexes: {i: {fields: [nmae]}}              | 1:24: error: the object has no field 'nmae' to index
            indexes: {i: {unique: true}}                | 1:14: error: an index needs 'fields' (add fields: [some text])
            permission_sets: {x: {allowAll: true}}      | 1:23: error: a permission set has no key 'allowAll'
            actions: {Do It: {label: x}}                | 1:11: error: 'Do It' is no name of an action: it must be snake_case (write do_it)
            actions: {go: {type: button}}               | 1:22: error: 'type' does not know 'button' (write record, global)
            '- list'                                    | 1:1: error: the file must be a map of keys, not a list (write key: value)
            """)
    void inAnObject(String yaml, String expected) {
        Catalog catalog = load(OK, yaml);
        assertThat(found(catalog)).singleElement().isEqualTo(OK + ":" + expected);
        assertThat(catalog.object("a").isPresent() || yaml.contains("name:")).isEqualTo(expected.contains("warning")
                || yaml.contains("name:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: »txt}                                                   | error: 'type' does not know 'txt' (did you mean 'text'?)
            {label: X}                                                     | error: the field 'x' has no type (add type: text, or another type)
            {type: text, required: »"true"}                                | error: 'required' must be true or false, not text (write required: true)
            {type: text, required: »maybe}                                 | error: 'required' must be true or false, not text (write required: true or false, without quotes)
            {type: text, max_length: »abc}                                 | error: 'max_length' must be a whole number, not text (write max_length: 10)
            {type: text, max_length: »"80"}                                | error: 'max_length' must be a whole number, not text (write max_length: 80, without quotes)
            {type: text, max_length: »0}                                   | error: 'max_length' is 0, out of bounds (write 1 or more)
            {type: text, max_length: »1.5}                                 | error: 'max_length' must be a whole number, not a number (write max_length: 10)
            {type: text, max_length: 5, »maxLength: 6}                     | error: 'max_length' and 'maxLength' of a field are the same thing (keep one of them, best as 'max_length')
            {type: text, regex: a, validation: {»pattern: b}}              | error: 'regex' and 'validation.pattern' of a field are the same thing (keep one of them, best as 'pattern')
            {type: text, min_length: »5, max_length: 4}                    | error: min_length 5 is greater than max_length 4 (exchange them)
            {type: text, pattern: »"[a"}                                   | error: the pattern is no regular expression: Unclosed character class (correct it at position 2)
            {type: text, multiple: true, »max_length: 5}                   | warning: 'max_length' has no effect on a field with several texts (remove it)
            {type: text, »options: [a]}                                    | warning: 'options' has no effect on a field of type text (remove it, or choose another type)
            {type: text, »requird: true}                                   | warning: a field has no key 'requird' (did you mean 'required'?)
            {type: text, default: »5}                                      | error: the default must be text, not a number (put it in quotes: "5")
            {type: text, default: »"a ${now}"}                             | error: the default mixes text and ${…} (write the whole of it as one ${expression})
            {type: text, max_length: 2, default: »abc}                     | error: the default is longer than max_length 2
            {type: text, permissions: {»visibel_to: [a]}}                  | error: the permissions of a field has no key 'visibel_to' (did you mean 'visible_to'?)
            {type: number, min: »5, max: 1}                                | error: min 5 is greater than max 1 (exchange them)
            {type: number, precision: 2, scale: »3}                        | error: scale 3 is greater than precision 2 (precision counts all digits, those after the point included)
            {type: number, precision: »1001}                               | error: 'precision' is 1001, out of bounds (write a number from 0 to 1000)
            {type: currency, precision: »2}                                | warning: precision without scale is taken for the digits after the point, since no number has just 2 in all (write scale: 2)
            {type: number, min: 5, default: »4}                            | error: the default 4 is less than min 5
            {type: integer, scale: »2}                                     | error: an integer has no digits after the point (write type: number)
            {type: integer, default: »1.5}                                 | error: the default must be a whole number of at most 64 bits (write a value of type integer)
            {type: boolean, default: »"true"}                              | error: the default must be true or false, not other text (write it without quotes)
            {type: date, default: »soon}                                   | error: the default must be a date such as 2026-01-31, not other text (write a value of type date)
            {type: select}                                                 | error: a field of type select needs options (add options: [first, second])
            {type: select, options: [a, b, »a]}                            | error: the option 'a' is there twice (remove one of them)
            {type: select, options: [a, b], default: »c}                   | error: the default 'c' is none of the options a, b
            {type: select, options: [»{label: A}]}                         | error: an option needs 'value' (add value: some text)
            {type: radio, options: [a], »multiple: true}                   | error: a radio field holds one value (write type: checkboxes)
            {type: lookup}                                                 | error: a field of type lookup needs reference_to (add reference_to: with the name of an object)
            {type: lookup, reference_to: »usr}                             | error: 'x' refers to 'usr', and there is no such object (did you mean 'user'?)
            {reference_to: user, required: true, on_delete: »set_null}     | error: a required lookup cannot be set to null (write on_delete: restrict or cascade)
            {type: lookup, reference_to: user, on_delete: »vanish}         | error: 'on_delete' does not know 'vanish' (write set_null, cascade, restrict)
            {type: master_detail, reference_to: user, »multiple: true}     | error: a field of type master_detail has one parent (write type: lookup)
            {type: formula}                                                | error: a formula needs an expression (add expression: "record.price * record.quantity")
            {type: formula, expression: "1", return_type: »file}             | error: 'return_type' does not know 'file'
            {type: autonumber, format: »INV}                               | error: the format has no place for the number (write one such as INV-{YYYY}-{0000})
            {type: autonumber, format: »"{0000}-{WEEK}"}                   | error: the format has a placeholder that is not known (use {0000}, {YYYY}, {YY}, {MM} and {DD})
            {type: summary, summary_object: user}                          | error: a summary needs a child object and a function (add summary: {object: lines, field: amount, function: sum})
            {type: summary, summary_object: user, summary_type: sum}       | error: a summary by sum needs a field of user (add field: to the summary)
            {type: summary, summary_object: »user, summary_type: count}    | error: user has no lookup to a to summarise by (add one there, or name another object)
            {type: composite, fields: {»p: {type: formula, expression: "1"}}} | error: a part of a composite cannot be of type formula (move it to the object's own fields)
            {type: text, index: »maybe}                                    | error: 'index' must be true or false, not text (write index: true or false, without quotes)
            {type: formula, expression: "1", index: true}                  | warning: 'index' has no effect on a field of type formula (remove it)
            {type: secret, »unique: true}                                  | warning: 'unique' has no effect on a field of type secret (remove it)
            {type: formula, expression: "1", »unique: true}                | warning: 'unique' has no effect on a field of type formula (remove it)
            {type: formula, expression: "1", »required: true}              | warning: 'required' has no effect on a field of type formula (remove it)
            »text                                                          | error: 'x' must be a map, not text (write x: {…})
            """)
    void inAField(String field, String expected) {
        // The mark stands before what is wrong; without one, the field's name is.
        int mark = field.indexOf('»');
        Catalog catalog = load(OK, "label: A\nfields:\n  x: " + field.replace("»", "") + "\n");
        assertThat(found(catalog)).singleElement().asString()
                .startsWith(OK + ":3:" + (mark < 0 ? 3 : 6 + mark) + ": " + expected);
        assertThat(catalog.object("a").isPresent()).isEqualTo(expected.startsWith("warning"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            firstName  | error: 'firstName' is no field name: it must be snake_case with at most 63 characters (write first_name)
            and        | error: 'and' is a word of filters and expressions and no name for a field (choose another name, such as is_and)
            id         | warning: every object has the field 'id' from the platform (remove it)
            created_at | warning: 'created_at' is a field of the platform and of another type, and stays what it is (choose another name, such as created_at_value)
            search     | warning: 'search' is also a parameter of lists, so ?search= cannot filter by it (use where, or choose another name)
            now        | warning: 'now' is also a variable of expressions (write record.now there, or choose another name)
            """)
    void inTheNameOfAField(String name, String expected) {
        assertThat(found(load(OK, "fields:\n  " + name + ": {type: text}\n"))).singleElement()
                .isEqualTo(OK + ":2:3: " + expected);
    }

    @Test
    void reportsEveryProblemOfALoadTogether() {
        Catalog catalog = load("a.object.yml", "fields:\n  x: {type: txt}\n  y: {required: 5, type: text}\n",
                "b.object.yml", "label: B\nfields:\n  z: {type: text}\n", "c.object.yml", "label: [C]\n");
        assertThat(found(catalog)).containsExactly(
                "a.object.yml:2:13: error: 'type' does not know 'txt' (did you mean 'text'?)",
                "a.object.yml:3:17: error: 'required' must be true or false, not a number"
                        + " (write required: true or false, without quotes)",
                "c.object.yml:1:8: error: 'label' must be text, not a list (write label: some text)");
        assertThat(catalog.object("b")).isPresent();
        assertThat(catalog.object("a")).isEmpty();
    }

    @Test
    void acceptsWholeNumbersThatLookLikeDecimals() {
        assertThat(found(load(OK, "fields:\n  x: {type: text, max_length: 80.0}\n"))).isEmpty();
    }

    @Test
    void refusesMoreFieldsThanATableCanHold() {
        var yaml = new StringBuilder("fields:\n");
        for (int i = 0; i <= 1_000; i++) {
            yaml.append("  f").append(i).append(": {type: text}\n");
        }
        assertThat(found(load(OK, yaml.toString()))).containsExactly("a.object.yml:1:1: error: the object has 1001"
                + " fields, and no more than 1000 can be kept"
                + " (divide it into several objects with lookups between them)");
    }

    @Test
    void findsTwoFieldsWithOneIdentity() {
        assertThat(found(load(OK, "fields:\n  x: {type: text}\n  y: {type: text, id: x}\n"))).containsExactly(
                "a.object.yml:3:3: error: the fields 'x' and 'y' have the same id 'x' (give each field its own id)");
    }

    @Test
    void findsAnIndexThatIsThereTwice() {
        assertThat(found(load(OK, """
                fields: {x: {type: text}, y: {type: text}, f: {type: formula, expression: "1"}}
                indexes:
                  one: {fields: [x, y]}
                  two: [x, y]
                """))).containsExactly(
                "a.object.yml:4:3: warning: the index over x, y is already there as 'one' (remove one of them)");
        assertThat(found(load(OK, "{fields: {f: {type: formula, expression: '1'}}, indexes: {i: [f]}}")))
                .containsExactly(
                        "a.object.yml:1:63: error: a field of type formula cannot be indexed (remove 'f' from the index)");
    }

    @Test
    void tellsWhatAnUnknownFileIs() {
        assertThat(found(load("x.dashbord.yml", "a: 1", "objects/y.yml", "a: 1", "notes.yml", "a: 1", "z.objct.yml",
                "a: 1"))).containsExactly(
                        "objects/y.yml:1:1: warning: the file is of no known kind and is not read"
                                + " (name it y.object.yml, or by its kind)",
                        "x.dashbord.yml:1:1: warning: the file is of no known kind and is not read (the kinds are "
                                + String.join(", ", MetadataKind.types()) + ")",
                        "z.objct.yml:1:1: warning: the file is of no known kind and is not read"
                                + " (did you mean *.object.yml?)");
    }
}
