package today.p2p.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the modules of the protocol refuse to know: ARCHITECTURE.md, and the reasons there. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "today.p2p.msgpack",
                    "today.p2p.serializer",
                    "today.p2p.codecs",
                    "today.p2p.ids",
                    "today.p2p.kernel",
                    "today.p2p.link",
                    "today.p2p.mesh",
                    "today.p2p.node",
                    "today.p2p.sync",
                    "today.p2p.chord");

    private static final JavaClasses TRANSPORT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("today.p2p.transport");

    private static final JavaClasses SIMULATOR = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("today.p2p.simulator");

    private static final JavaClasses NODES_THAT_RUN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("today.p2p")
            .that(resideInAnyPackage("today.p2p", "today.p2p.runtime.."));

    @Test
    void nothingAboveTheTransportHasSocketsOrFiles() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "java.nio.channels..", "java.nio.file..", "javax.net..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(.*Socket|URL.*|Http.*)")
                .check(NODES_THAT_RUN);
    }

    @Test
    void oneClassOfTheRuntimeKnowsTheTransportAndNoneOfTheLibrary() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.TransportWires(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("today.p2p.transport..")
                .check(NODES_THAT_RUN);
    }

    @Test
    void theSimulatorHasNoSocketClockOrThreadAndOnlyItsMainReadsFiles() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Clock.class, Instant.class, Random.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(SIMULATOR);
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(Main|Options)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.io..")
                .check(SIMULATOR);
    }

    @Test
    void thereIsNoFileSocketOrConsole() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "java.rmi..", "javax.net..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccess|Console|Print|Object).*")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void thereIsNoClock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Instant.class)
                .check(CLASSES);
    }

    @Test
    void thereIsNoThreadOrThreadLocal() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadGroup.class, ThreadLocal.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(.*Executor.*|ForkJoin.*|CompletableFuture|Timer.*)")
                .check(CLASSES);
    }

    @Test
    void thereIsNoRandomness() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.random.RandomGeneratorFactory")
                .orShould()
                // A generator may be handed in; nothing here makes one.
                .callMethodWhere(target(owner(assignableTo(RandomGenerator.class)))
                        .and(target(name("of")).or(target(name("getDefault")))))
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    @Test
    void thereIsNoLog() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.apache.logging..")
                .check(CLASSES);
    }

    @Test
    void theUnsafeCallsOfMsgpackCoreAreNotThere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.msgpack..")
                .check(CLASSES);
    }

    @Test
    void noClassCanBeExtendedByAccident() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .doNotHaveSimpleName("package-info")
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    @Test
    void theTransportKnowsNoModuleOfTheProtocol() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("today.p2p..").and(resideOutsideOfPackage("today.p2p.transport..")))
                .check(TRANSPORT);
    }

    @Test
    void whatAUserOfTheTransportSeesHasNoTypeOfNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("today.p2p.transport.netty")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(TRANSPORT);
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .notHaveRawReturnType(resideInAPackage("io.netty.."))
                .check(TRANSPORT);
    }
}
