package dev.objectos.assembly;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** The shape of the whole: who may know whom. */
@AnalyzeClasses(packages = "dev.objectos", importOptions = {ImportOption.DoNotIncludeTests.class,
        ArchitectureTest.WithoutFixtures.class})
class ArchitectureTest {

    /** What plugins may see of the runtime; {@code autoconfigure} only to name it in an order. */
    private static final String[] OPEN = {"dev.objectos.runtime", "dev.objectos.runtime.spi",
            "dev.objectos.runtime.metadata", "dev.objectos.runtime.query", "dev.objectos.runtime.session",
            "dev.objectos.runtime.expression", "dev.objectos.runtime.event", "dev.objectos.runtime.service",
            "dev.objectos.runtime.storage", "dev.objectos.runtime.cache", "dev.objectos.runtime.coordination",
            "dev.objectos.runtime.i18n", "dev.objectos.runtime.mail", "dev.objectos.runtime.notification",
            "dev.objectos.runtime.background"};

    @ArchTest
    static final ArchRule packagesFormNoCircle = slices().matching("dev.objectos.runtime.(**)").should()
            .beFreeOfCycles().because("a stage that knows the next one's caller cannot be tested or replaced alone");

    @ArchTest
    static final ArchRule pluginsSeeOnlyTheOpenPackages = noClasses()
            .that(resideInAnyPackage("dev.objectos..").and(resideOutsideOfPackages("dev.objectos.runtime..")))
            .should().dependOnClassesThat(resideInAnyPackage("dev.objectos.runtime..")
                    .and(JavaClass.Predicates.resideOutsideOfPackages(OPEN)))
            .because(
                    "a plugin that reaches into the runtime breaks when the runtime changes, and goes around the pipeline");

    @ArchTest
    static final ArchRule theRuntimeKnowsNoPlugin = noClasses().that().resideInAPackage("dev.objectos.runtime..")
            .should().dependOnClassesThat(resideInAnyPackage("dev.objectos..")
                    .and(resideOutsideOfPackages("dev.objectos.runtime..")))
            .because("the kernel starts with zero plugins");

    @ArchTest
    static final ArchRule pluginsMeetThroughTheRuntime = slices().matching("dev.objectos.(*)..")
            .namingSlices("plugin $1").as("Plugins").should().notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage("dev.objectos.."), resideInAnyPackage("dev.objectos.runtime.."))
            .because("a plugin must be able to come and go alone");

    @ArchTest
    static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
            .areAnnotatedWith(AutoConfiguration.class).should().bePublic().andShould()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL).andShould()
            .resideInAPackage("..autoconfigure").because("wiring is found in one place and is not extended");

    @ArchTest
    static final ArchRule theDomainKnowsNoWebTypes = noClasses().that()
            .resideInAPackage("dev.objectos.runtime..").should().dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..", "org.springframework.http..")
            .because("one place turns refusals into HTTP, and other surfaces exist");

    @ArchTest
    static final ArchRule samlIsReadInOnePlace = noClasses().that()
            .resideOutsideOfPackage("dev.objectos.auth.saml").should().dependOnClassesThat()
            .resideInAnyPackage("org.keycloak..", "org.apache.xml.security..", "org.apache.jcp..")
            .because("what the library leaves unchecked is checked there, and it can be replaced there");

    /** Fixtures that modules share come as a jar. */
    static final class WithoutFixtures implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }
}
