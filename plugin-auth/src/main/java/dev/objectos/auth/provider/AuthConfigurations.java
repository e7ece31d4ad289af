package dev.objectos.auth.provider;

import dev.objectos.auth.provider.AuthConfigurationReader.Result;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.spi.ConfigurationFiles;
import dev.objectos.runtime.spi.ConfigurationFiles.ConfigurationFile;
import dev.objectos.runtime.spi.FileFindings;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that holds. A changed file counts at once; a wrong one changes nothing while the server runs, and at the start
 * leaves out the sections that are wrong.
 */
public final class AuthConfigurations implements Supplier<AuthConfiguration>, HealthProbe, FileFindings {

    private static final Logger LOG = LoggerFactory.getLogger(AuthConfigurations.class);

    private final ConfigurationFiles files;
    private final AuthConfigurationReader reader;
    private volatile @Nullable AuthConfiguration current;
    private volatile List<Violation> violations = List.of();
    private volatile List<RoleMention> roles = List.of();

    /** @param variables value of an environment variable; null where it is not set */
    public AuthConfigurations(ConfigurationFiles files, List<SectionReader<?>> readers,
            Function<String, @Nullable String> variables) {
        this.files = files;
        this.reader = new AuthConfigurationReader(readers, variables, files::suggest);
    }

    /** Reads the files, and from now on again whenever they change. */
    public void start() {
        files.follow("auth", this::take);
    }

    private void take(List<ConfigurationFile> found) {
        Result result = reader.read(found);
        boolean first = current == null;
        if (first || result.isFlawless()) {
            current = result.configuration();
        }
        violations = result.violations();
        roles = result.roles();
        String said = result.violations().stream().map(Violation::toString).collect(Collectors.joining("\n"));
        if (!result.isFlawless()) {
            LOG.error("auth.config.yml cannot be used as it is, and {}:\n{}",
                    first ? "what is wrong in it is left out" : "what held before goes on", said);
        } else if (!said.isEmpty()) {
            LOG.warn("auth.config.yml:\n{}", said);
        } else if (!first) {
            LOG.info("auth.config.yml was read again and holds");
        }
    }

    @Override
    public AuthConfiguration get() {
        AuthConfiguration known = current;
        return known == null ? new AuthConfiguration(LocalSettings.DEFAULT, Map.of()) : known;
    }

    /** The roles that the files give to people and that mean nothing; metadata may name them later. */
    public List<Violation> unknownRoles(Predicate<String> known) {
        return roles.stream().filter(mention -> !known.test(mention.role())).map(RoleMention::unknown).toList();
    }

    /** Everything wrong or doubtful in the files as they are now. */
    @Override
    public List<Violation> violations() {
        return violations;
    }

    @Override
    public String name() {
        return "auth-configuration";
    }

    @Override
    public String owner() {
        return "objectos-auth";
    }

    @Override
    public HealthResult check() {
        List<Violation> errors = violations.stream().filter(Violation::isError).toList();
        return errors.isEmpty()
                ? HealthResult.up("auth.config.yml holds as it is")
                : HealthResult.degraded("auth.config.yml is wrong: "
                        + errors.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    }
}
