package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static dev.objectos.runtime.metadata.yaml.TestingLoads.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import org.junit.jupiter.api.Test;

/** A file with an error is told everything else that is wrong in it, and nothing that only follows from the error. */
class FaultyObjectsTest {

    @Test
    void tellsOfExpressionsBesideWrongKeys() {
        assertThat(found(load("invoice.object.yml", """
                fields:
                  total: {type: number, required: maybe}
                  paid: {type: boolean}
                  net: {type: formula, expression: "${record.totl * 2}"}
                  due: {type: date, required_when: "record.paid + 1"}
                name_field: nmae
                validations:
                  sum: {condition: "record.paid == 'x'", message: no}
                  brackets: {condition: "record.paid && (", message: no}
                """))).satisfiesExactly(
                one -> assertThat(one).startsWith("invoice.object.yml:2:35: error: 'required' must be true or"),
                two -> assertThat(two).startsWith("invoice.object.yml:4:").contains("totl"),
                three -> assertThat(three).startsWith("invoice.object.yml:5:").contains("required_when"),
                four -> assertThat(four).startsWith("invoice.object.yml:6:13: error: name_field names the field"),
                five -> assertThat(five).startsWith("invoice.object.yml:8:").contains("invoice.sum"),
                six -> assertThat(six).startsWith("invoice.object.yml:9:").contains("invoice.brackets"));
    }

    @Test
    void doesNotBlameExpressionsForFieldsThatCannotBeRead() {
        assertThat(found(load("invoice.object.yml", """
                fields:
                  total: {type: nubmer}
                  kind: {type: select}
                  half: {type: formula, expression: "record.total / 2"}
                name_field: total
                indexes: {i: {fields: [total, kind]}}
                validations:
                  positive: {condition: "record.total > 0 && record.kind == 'a'", message: no}
                  older: {field: total, operator: greater, value: 5, message: no}
                """))).satisfiesExactly(
                one -> assertThat(one).contains(":2:17: error: 'type' does not know 'nubmer'"),
                two -> assertThat(two).contains(":3:").contains("a field of type select needs options"),
                three -> assertThat(three).contains(":9:").contains("greater"));
    }

    @Test
    void looksThroughLookupsIntoOtherFaultyFiles() {
        assertThat(found(load("invoice.object.yml", """
                fields:
                  customer: {type: lookup, reference_to: customer}
                  agent: {type: lookup, reference_to: agnet}
                  lines: {type: summary, summary_object: line, summary_type: count}
                validations:
                  known: {condition: "record.customer.city != record.customer.cuntry", message: no}
                  agent: {condition: "record.agent.city != ''", message: no}
                  lines: {condition: "record.lines > 0", message: no}
                """, "customer.object.yml", """
                label: [Customer]
                fields:
                  city: {type: text}
                """))).satisfiesExactly(
                one -> assertThat(one).startsWith("customer.object.yml:1:8: error"),
                two -> assertThat(two).startsWith("invoice.object.yml:2:42").contains("left out"),
                three -> assertThat(three).startsWith("invoice.object.yml:3:39").contains("no such object"),
                four -> assertThat(four).startsWith("invoice.object.yml:4:42").contains("no such object"),
                five -> assertThat(five).startsWith("invoice.object.yml:6:").contains("cuntry"));
    }

    @Test
    void findsNoFaultWithTheFilesBesideIt() {
        Catalog catalog = load("customer.object.yml", """
                fields:
                  city: {type: text}
                  country: {type: text}
                """, "more/customer.object.yml", """
                extends: customer
                fields:
                  rating: {type: numbr}
                  stars: {type: formula, expression: "${record.citi + '!'}"}
                """);
        assertThat(found(catalog)).satisfiesExactly(
                one -> assertThat(one).startsWith("more/customer.object.yml:3:18: error: 'type' does not know 'numbr'"),
                two -> assertThat(two).startsWith("more/customer.object.yml:4:").contains("citi"));
        assertThat(catalog.object("customer").orElseThrow().fields()).containsKeys("city", "country")
                .doesNotContainKeys("rating", "stars");
    }
}
