package dev.objectos.runtime.configuration;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows where a file of settings is wrong instead of a stack trace. */
final class UnusableSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableSettingsException cause) {
        return new FailureAnalysis("The settings cannot be used:\n\n" + cause.getMessage(),
                "Mend the file, which stands in the folder of OBJECTOS_HOME.", rootFailure);
    }
}
