package dev.objectos.auth.scim;

import dev.objectos.auth.scim.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads filters; {@code not} binds closest, then {@code and}, then {@code or}. */
final class FilterParser {

    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 50;
    private static final Pattern TOKEN = Pattern
            .compile("\\s*(?:(\\(|\\))|(\"(?:[^\"\\\\]|\\\\.)*\")|([^\\s()\"]+))");

    private final List<String> tokens;
    private int at;
    private int depth;

    private FilterParser(List<String> tokens) {
        this.tokens = tokens;
    }

    /** @throws ScimException {@code invalidFilter} */
    static Filter parse(String text) {
        if (text.length() > LONGEST) {
            throw ScimException.invalidFilter("The filter is longer than " + LONGEST + " characters");
        }
        var parser = new FilterParser(tokens(text));
        Filter filter = parser.or();
        if (parser.at < parser.tokens.size()) {
            throw ScimException.invalidFilter("'" + parser.tokens.get(parser.at) + "' was not expected there");
        }
        return filter;
    }

    private static List<String> tokens(String text) {
        var tokens = new ArrayList<String>();
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (end != text.strip().length()) {
            throw ScimException.invalidFilter("The filter cannot be read from character " + (end + 1) + " on");
        }
        return tokens;
    }

    private Filter or() {
        Filter left = and();
        while (word("or")) {
            left = new Filter.Or(left, and());
        }
        return left;
    }

    private Filter and() {
        Filter left = term();
        while (word("and")) {
            left = new Filter.And(left, term());
        }
        return left;
    }

    private Filter term() {
        if (++depth > DEEPEST) {
            throw ScimException.invalidFilter("The filter has more than " + DEEPEST + " conditions");
        }
        if (word("not")) {
            return new Filter.Not(group());
        }
        return at < tokens.size() && tokens.get(at).equals("(") ? group() : comparison();
    }

    private Filter group() {
        if (!word("(")) {
            throw ScimException.invalidFilter("a condition in parentheses is missing");
        }
        Filter inner = or();
        if (!word(")")) {
            throw ScimException.invalidFilter("a closing parenthesis is missing");
        }
        return inner;
    }

    private Filter comparison() {
        String attribute = next("an attribute").toLowerCase(Locale.ROOT);
        String operator = next("an operator").toLowerCase(Locale.ROOT);
        if (operator.equals("pr")) {
            return new Filter.Present(attribute);
        }
        for (Operator known : Operator.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(operator)) {
                return new Filter.Compare(attribute, known, value(next("a value")));
            }
        }
        throw ScimException.invalidFilter("'" + operator + "' is no operator");
    }

    private static String value(String token) {
        try {
            var value = JsonMapper.shared().readTree(token);
            if (value.isString() || value.isBoolean() || value.isNumber()) {
                return value.asString();
            }
        } catch (JacksonException _) {
            // Answered like every other value that is none.
        }
        throw ScimException.invalidFilter(token + " is no value");
    }

    private boolean word(String wanted) {
        if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(wanted)) {
            at++;
            return true;
        }
        return false;
    }

    private String next(String what) {
        if (at >= tokens.size() || tokens.get(at).matches("[()]")) {
            throw ScimException.invalidFilter(what + " is missing");
        }
        return tokens.get(at++);
    }
}
