package dev.objectos.runtime.plugin.trust;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** What may not stand in a plugin, whoever signed it. */
final class ContentRules {

    /** Packages that are the server's own: a class in one of them would pass for a part of it. */
    private static final List<String> CLOSED_FOLDERS = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/",
            "jakarta/", "dev/objectos/runtime/", "org/springframework/", "org/slf4j/", "org/hibernate/", "org/jooq/",
            "tools/jackson/");

    private static final List<String> APPLICATION_FOLDERS = List.of("BOOT-INF/", "WEB-INF/");

    private static final List<String> ARCHIVES = List.of(".jar", ".war", ".ear", ".rar", ".zip", ".jmod", ".7z",
            ".tar", ".tgz", ".gz");

    /** Documents that are zips by their format. */
    private static final List<String> ZIPPED_DOCUMENTS = List.of(".xlsx", ".docx", ".pptx", ".odt", ".ods", ".odp");

    private static final List<String> JDK_PACKAGES = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** Attributes by which a jar changes the server around it, or brings in what was not signed with it. */
    private static final List<String> ATTRIBUTES = List.of("Class-Path", "Multi-Release", "Premain-Class",
            "Agent-Class", "Launcher-Agent-Class", "Boot-Class-Path", "Add-Opens", "Add-Exports",
            "Enable-Native-Access", "Can-Redefine-Classes", "Can-Retransform-Classes",
            "Can-Set-Native-Method-Prefix");

    private static final String JAR_MANIFEST = "META-INF/MANIFEST.MF";
    private static final String SERVICES = "META-INF/services/";

    private ContentRules() {}

    static void check(Map<String, byte[]> files, PackageLimits limits) {
        files.forEach(ContentRules::checkFile);
        byte[] manifest = files.get(PluginManifest.PATH);
        if (manifest == null) {
            throw PackageRefusedException.invalid("the package has no " + PluginManifest.PATH + elsewhere(files));
        }
        if (manifest.length > limits.manifest()) {
            throw PackageRefusedException.tooLarge(PluginManifest.PATH + " is larger than the " + limits.manifest()
                    + " bytes allowed for a manifest");
        }
    }

    private static void checkFile(String name, byte[] content) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String folder : CLOSED_FOLDERS) {
            if (lower.startsWith(folder)) {
                throw PackageRefusedException.forbidden("the entry " + name + " stands in the package "
                        + folder.substring(0, folder.length() - 1).replace('/', '.') + ", which is the server's own");
            }
        }
        for (String folder : APPLICATION_FOLDERS) {
            if (name.startsWith(folder)) {
                throw PackageRefusedException
                        .forbidden("the package is a whole application (" + folder + "), not a plugin");
            }
        }
        if (lower.startsWith("meta-inf/versions/")) {
            throw PackageRefusedException.forbidden(
                    "the entry " + name + " belongs to one release of Java alone; a plugin has one content for all");
        }
        if (isArchive(lower, content)) {
            throw PackageRefusedException.forbidden("the entry " + name
                    + " is an archive inside the package; put its classes into the package itself");
        }
        if (name.startsWith(SERVICES)
                && JDK_PACKAGES.stream().anyMatch(name.substring(SERVICES.length())::startsWith)) {
            throw PackageRefusedException
                    .forbidden("the entry " + name + " would add a provider to the Java platform itself");
        }
        if (lower.equals("meta-inf/manifest.mf")) {
            checkJarManifest(name, content);
        }
    }

    private static boolean isArchive(String name, byte[] content) {
        boolean zip = content.length >= 4 && content[0] == 'P' && content[1] == 'K' && content[2] == 3
                && content[3] == 4;
        return ARCHIVES.stream().anyMatch(name::endsWith)
                || (zip && ZIPPED_DOCUMENTS.stream().noneMatch(name::endsWith));
    }

    private static void checkJarManifest(String name, byte[] content) {
        if (!name.equals(JAR_MANIFEST)) {
            throw PackageRefusedException.malformed("the entry " + name + " must be spelled " + JAR_MANIFEST);
        }
        Manifest manifest;
        try {
            manifest = new Manifest(new ByteArrayInputStream(content));
        } catch (IOException | IllegalArgumentException e) {
            throw PackageRefusedException.malformed(JAR_MANIFEST + " cannot be read: " + e.getMessage());
        }
        checkAttributes(manifest.getMainAttributes());
        manifest.getEntries().values().forEach(ContentRules::checkAttributes);
    }

    private static void checkAttributes(Attributes attributes) {
        for (String attribute : ATTRIBUTES) {
            String value = attributes.getValue(attribute);
            if (value != null && !value.strip().equalsIgnoreCase("false")) {
                throw PackageRefusedException.forbidden(JAR_MANIFEST + " has " + attribute
                        + ", which a plugin may not have; remove the line");
            }
        }
    }

    private static String elsewhere(Map<String, byte[]> files) {
        return files.keySet().stream().filter(name -> name.endsWith("/" + PluginManifest.PATH)).findFirst()
                .map(name -> "; it stands in " + name.substring(0, name.length() - PluginManifest.PATH.length())
                        + ": pack what is in that folder, not the folder")
                .orElse("");
    }
}
