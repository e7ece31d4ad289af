package dev.objectos.auth.provider;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Written;
import dev.objectos.runtime.spi.ConfigurationFiles.ConfigurationFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the files {@code auth.config.yml}, of which a later one adds to the earlier ones, key by key. */
final class AuthConfigurationReader {

    /** Kinds of provider that a server may lack without the file being wrong. */
    private static final List<String> FORESEEN = List.of("ldap", "saml");

    private static final SourceLocation NOWHERE = new SourceLocation("auth.config.yml", 1, 1);

    private final List<SectionReader<?>> readers;
    private final Function<String, @Nullable String> variables;
    private final BiFunction<String, Collection<String>, String> spelling;

    AuthConfigurationReader(List<SectionReader<?>> readers, Function<String, @Nullable String> variables,
            BiFunction<String, Collection<String>, String> spelling) {
        this.readers = List.copyOf(readers);
        this.variables = variables;
        this.spelling = spelling;
    }

    /**
     * What came of a reading.
     *
     * @param configuration without what is unusable
     * @param roles that it gives to people
     */
    record Result(AuthConfiguration configuration, List<Violation> violations, List<RoleMention> roles) {

        boolean isFlawless() {
            return violations.stream().noneMatch(Violation::isError);
        }
    }

    Result read(List<ConfigurationFile> files) {
        var reading = new Reading(variables, spelling);
        Written.Mapping content = new Written.Mapping(Map.of(), NOWHERE);
        for (ConfigurationFile file : files) {
            file.violations().forEach(reading::add);
            switch (file.content()) {
                case null -> {
                    // Its violations say why.
                }
                case Written.Mapping map -> content = merged(content, map);
                case Written other -> reading.error("", other.where(), "the file must be a map of keys",
                        "write providers: …");
            }
        }
        AuthConfiguration configuration = read(content, reading);
        // What is unknown in a section shows only once all of it was read, and spoils it as well.
        if (reading.flawless()) {
            return new Result(configuration, reading.violations(), reading.roles());
        }
        Reading again = reading.again();
        return new Result(read(content, again), reading.violations(), again.roles());
    }

    private AuthConfiguration read(Written.Mapping content, Reading reading) {
        Section providers = new Section(reading, "", "", content).section("providers")
                .orElseGet(() -> new Section(reading, "providers", "providers",
                        new Written.Mapping(Map.of(), NOWHERE)));
        LocalSettings local = LocalSettings.read(providers);
        var sections = new HashMap<Class<?>, Object>();
        readers.forEach(reader -> sections.put(reader.type(), reader.read(providers)));
        for (String key : FORESEEN) {
            if (providers.unasked(key)) {
                reading.warning(providers.where(key), "nothing on this server signs anybody in by " + key, "");
                providers.section(key).ifPresent(Section::leaveAside);
            }
        }
        reading.finish();
        return new AuthConfiguration(local, sections);
    }

    private static Written.Mapping merged(Written.Mapping earlier, Written.Mapping later) {
        var members = new LinkedHashMap<>(earlier.members());
        later.members().forEach((key, member) -> {
            Written.Member known = members.get(key);
            if (known != null && known.value() instanceof Written.Mapping before
                    && member.value() instanceof Written.Mapping after) {
                members.put(key, new Written.Member(member.key(), merged(before, after)));
            } else if (known == null || !(member.value() instanceof Written.Single single && single.value() == null)) {
                members.put(key, member);
            }
        });
        return new Written.Mapping(members, later.where());
    }
}
