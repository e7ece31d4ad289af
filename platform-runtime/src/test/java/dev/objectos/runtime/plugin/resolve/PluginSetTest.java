package dev.objectos.runtime.plugin.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.TestingManifests;
import dev.objectos.runtime.plugin.manifest.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PluginSetTest {

    @Test
    void putsEachPluginAfterThoseThatItNeeds() {
        Resolution resolution = set("a 1.0.0 needs c ^1.0.0", "b 1.0.0", "c 1.2.0 needs b >=0.9.0").resolve();
        assertThat(resolution.ids()).containsExactly("b", "c", "a");
        assertThat(resolution.excluded()).isEmpty();
    }

    @Test
    void startsTheRestWhereADependencyIsMissing() {
        Resolution resolution = set("a 1.0.0 needs x ^1.0.0", "b 1.0.0 needs a *", "c 1.0.0").resolve();
        assertThat(resolution.ids()).containsExactly("c");
        assertThat(resolution.reason("a")).hasValue("Plugin a needs x ^1.0.0, which is not installed");
        assertThat(resolution.reason("b")).hasValue(
                "Plugin b needs a, which cannot start: a needs x ^1.0.0, which is not installed");
        assertThat(resolution.reason("c")).isEmpty();
    }

    @Test
    void aReasonDoesNotGrowWithTheDistanceToItsCause() {
        String[] plugins = new String[40];
        plugins[0] = "p0 1.0.0 needs x *";
        plugins[1] = "p1 1.0.0 needs p0 *";
        for (int i = 2; i < plugins.length; i++) {
            plugins[i] = "p" + i + " 1.0.0 needs p" + (i - 1) + " * needs p" + (i - 2) + " *";
        }
        assertThat(set(plugins).resolve().reason("p39")).hasValue("Plugin p39 needs p37, which cannot start: p0 needs "
                + "x *, which is not installed; needs p38, which cannot start: p0 needs x *, which is not installed");
    }

    @Test
    void namesThePairWhereAVersionDoesNotFit() {
        assertThat(set("a 1.0.0 needs b ^2.0.0", "b 1.9.9").resolve().reason("a"))
                .hasValue("Plugin a needs b ^2.0.0, but b 1.9.9 is installed");
    }

    @Test
    void namesTheCircleAndStartsWhoIsNotInIt() {
        Resolution resolution = set("a 1.0.0 needs b *", "b 1.0.0 needs c *", "c 1.0.0 needs a *", "d 1.0.0",
                "e 1.0.0 needs a *", "f 1.0.0 needs g *", "g 1.0.0 needs f *").resolve();
        assertThat(resolution.ids()).containsExactly("d");
        assertThat(resolution.reason("b"))
                .hasValue("Plugin b is part of a circle of dependencies: b → c → a → b");
        assertThat(resolution.reason("e").orElseThrow()).startsWith("Plugin e needs a, which cannot start: a is part");
        assertThat(resolution.reason("g").orElseThrow()).endsWith("g → f → g");
    }

    @Test
    void theFirstOfTwoWithOneIdIsUsed() {
        var set = PluginSet.of(List.of(new Candidate(manifest("a 1.0.0"), "built in"),
                new Candidate(manifest("a 9.0.0"), "added.jar"),
                new Candidate(manifest("b 1.0.0 needs a ^1.0.0"), "b")));
        assertThat(set.resolve().ids()).containsExactly("a", "b");
        assertThat(set.resolve().excluded()).extracting(Exclusion::reason)
                .containsExactly("Plugin a is there twice: built in is used, added.jar is not");
    }

    @Test
    void findsWhoOffersACapability() {
        Resolution resolution = set("a 1.0.0 uses mail ^1.0.0", "smtp 1.0.0 offers mail 1.2.0",
                "b 1.0.0 uses mail ^2.0.0", "c 1.0.0 uses fax *").resolve();
        assertThat(resolution.ids()).containsExactly("smtp", "a");
        assertThat(resolution.reason("b")).hasValue(
                "Plugin b needs the capability mail ^2.0.0, which nobody offers so: smtp has it as 1.2.0");
        assertThat(resolution.reason("c")).hasValue("Plugin c needs the capability fax *, which nobody offers");
    }

    @Test
    void takesAnotherProviderWhereTheFirstCannotStart() {
        Resolution resolution = set("a 1.0.0 uses mail *", "m1 1.0.0 offers mail 1.0.0 needs a *",
                "m2 1.0.0 offers mail 1.0.0").resolve();
        assertThat(resolution.ids()).containsExactly("m2", "a", "m1");
        assertThat(set("a 1.0.0 uses mail *", "m1 1.0.0 offers mail 1.0.0 needs x *").resolve().reason("a"))
                .hasValueSatisfying(
                        reason -> assertThat(reason).endsWith("nobody offers so: m1 has it and cannot start"));
        assertThat(set("a 1.0.0 uses mail *", "m1 1.0.0 offers mail 1.0.0 needs a *").resolve().reason("a"))
                .hasValue("Plugin a is part of a circle of dependencies: a → m1 → a");
    }

    @Test
    void theServerOffersCapabilitiesToo() {
        var plugins = new PluginSet(set("a 1.0.0 uses runtime ^1.0.0", "b 1.0.0 uses runtime ^2.0.0").candidates(),
                Map.of("runtime", Version.parse("1.5.0")));
        assertThat(plugins.resolve().ids()).containsExactly("a");
        assertThat(plugins.resolve().reason("b").orElseThrow()).contains("the server has it as 1.5.0");
    }

    @Test
    void whatIsOptionalMayBeAbsentButNotWrong() {
        Resolution resolution = set("a 1.0.0 likes x ^1.0.0", "b 1.0.0 likes c ^1.0.0", "c 2.0.0",
                "d 1.0.0 likes z *", "z 1.0.0").resolve();
        assertThat(resolution.ids()).containsExactly("a", "c", "z", "d");
        assertThat(resolution.reason("b")).hasValue("Plugin b needs c ^1.0.0, but c 2.0.0 is installed");
        assertThat(set("a 1.0.0 likes b *", "b 1.0.0 likes a *").resolve().ids()).containsExactly("a", "b");
    }

    @Test
    void saysWhatMustBeDisabledWithAPlugin() {
        PluginSet plugins = set("a 1.0.0", "b 1.0.0 needs a *", "c 1.0.0 needs b *", "d 1.0.0 offers mail 1.0.0",
                "e 1.0.0 uses mail *", "f 1.0.0 offers mail 1.0.0", "g 1.0.0 likes a *");
        assertThat(plugins.disabledWith("a")).containsExactly("c", "b");
        assertThat(plugins.disabledWith("d")).isEmpty();
        assertThat(plugins.without("f").disabledWith("d")).containsExactly("e");
        assertThat(plugins.disabledWith("unknown")).isEmpty();
    }

    @Test
    void saysWhatAnUpgradeBreaks() {
        PluginSet plugins = set("a 1.0.0", "b 1.0.0 needs a ^1.0.0", "c 1.0.0 needs b *", "broken 1.0.0 needs x *");
        assertThat(plugins.brokenBy("a", Version.parse("1.9.0"))).isEmpty();
        assertThat(plugins.brokenBy("a", Version.parse("2.0.0"))).extracting(Exclusion::id).containsExactly("b", "c");
        assertThat(plugins.brokenBy(manifest("a 1.1.0 needs y *"))).extracting(Exclusion::id).containsExactly("a",
                "b", "c");
        assertThat(plugins.brokenBy(manifest("new 1.0.0 needs a ^2.0.0"))).extracting(Exclusion::reason)
                .containsExactly("Plugin new needs a ^2.0.0, but a 1.0.0 is installed");
        assertThat(plugins.brokenBy("unknown", Version.parse("1.0.0"))).isEmpty();
    }

    @Property(tries = 300)
    void whateverTheGraphTheOrderHoldsAndNobodyIsForgotten(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int count) {
        var random = new Random(seed);
        var plugins = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder("p" + i + " 1.0.0");
            for (int j = random.nextInt(3); j > 0; j--) {
                text.append(random.nextInt(4) == 0 ? " likes p" : " needs p").append(random.nextInt(count + 1))
                        .append(random.nextInt(8) == 0 ? " ^2.0.0" : " *");
            }
            plugins.add(text.toString().replaceAll(" (needs|likes) p" + i + " \\S+", ""));
        }
        Resolution resolution = set(plugins.toArray(String[]::new)).resolve();
        assertThat(resolution.order().size() + resolution.excluded().size()).isEqualTo(count);
        List<String> ids = resolution.ids();
        resolution.order().forEach(candidate -> candidate.manifest().dependencies().forEach((needed, requirement) -> {
            if (!requirement.optional()) {
                assertThat(ids.indexOf(needed)).isBetween(0, ids.indexOf(candidate.id()) - 1);
            }
        }));
        resolution.excluded().forEach(exclusion -> assertThat(exclusion.causes()).isNotEmpty());
    }

    private static PluginSet set(String... plugins) {
        return PluginSet.of(Arrays.stream(plugins).map(text -> new Candidate(manifest(text), text)).toList());
    }

    /** From "id version needs id range uses capability range offers capability version likes id range". */
    private static PluginManifest manifest(String text) {
        String[] words = text.split(" ", -1);
        var dependencies = new java.util.TreeMap<String, String>();
        var offers = new ArrayList<String>();
        var needs = new ArrayList<String>();
        for (int i = 2; i < words.length; i += 3) {
            String entry = words[i + 1] + ": '" + words[i + 2] + "'";
            switch (words[i]) {
                case "needs" -> dependencies.put(words[i + 1], entry);
                case "likes" -> dependencies.put(words[i + 1],
                        words[i + 1] + ": {version: '" + words[i + 2] + "', optional: true}");
                case "uses" -> needs.add(entry);
                case "offers" -> offers.add(entry);
                default -> throw new IllegalArgumentException(words[i]);
            }
        }
        return TestingManifests.manifest("""
                id: %s
                version: %s
                dependencies: {%s}
                capabilities: {offers: {%s}, needs: {%s}}
                """.formatted(words[0], words[1], String.join(", ", dependencies.values()),
                String.join(", ", offers), String.join(", ", needs)));
    }
}
