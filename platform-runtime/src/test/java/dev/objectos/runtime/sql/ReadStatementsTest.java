package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.*;
import dev.objectos.runtime.plan.*;
import dev.objectos.runtime.query.*;
import dev.objectos.runtime.session.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class ReadStatementsTest {
    @Test
    void prints() {
        Catalog catalog = TestingCatalogs.of("""
          name: accounts
          fields:
            name: {type: text, searchable: true}
            revenue: {type: currency}
            parent: {type: lookup, reference_to: accounts}
          """, """
          name: contacts
          fields:
            last_name: {type: text}
            account: {type: lookup, reference_to: accounts}
          """);
        var p = new ReadPlanner(List.of());
        Session s = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
        System.out.println(ReadCompiler.compile(p.plan(ShapedQuery.of(Query.of("accounts")).shape(), s, catalog)).sql());
        System.out.println(ReadCompiler.compile(p.plan(ShapedQuery.of(new RecordQuery("accounts", UUID.randomUUID(), List.of(), List.of(Expansion.of("parent"), Expansion.of("contacts")))).shape(), s, catalog)).sql());
        System.out.println(ReadCompiler.compile(p.plan(ShapedQuery.of(new Query("contacts", List.of(FieldPath.parse("last_name"), FieldPath.parse("account.name")), new Predicate.Comparison(FieldPath.parse("account.revenue"), Operator.GT, new Operand.Literal(5)), List.of(new Sort(FieldPath.parse("account.name"), true)), new Page(10, 5, null), List.of(), List.of(), List.of(), Predicate.ALWAYS, "jo e", true)).shape(), s, catalog)).sql());
        System.out.println(ReadCompiler.compile(p.plan(ShapedQuery.of(new Query("contacts", List.of(), Predicate.ALWAYS, List.of(), Page.first(10), List.of(), List.of(new Grouping(FieldPath.parse("created_at"), Grouping.Granularity.MONTH, "month")), List.of(new Aggregation(Aggregation.Function.COUNT, null, "n")), Predicate.ALWAYS, null, false)).shape(), s, catalog)).sql());
    }
}
