package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.plugin.trust.PackageRefusedException;
import java.util.List;
import org.springframework.core.NestedExceptionUtils;

/** What those who administer plugins are told when something cannot be done. */
final class Refusals {

    /** What everybody but platform administrators is told. */
    static final String ADMINISTRATORS = "Plugins are administered by platform administrators";

    /** Why a plugin does not run that nobody has approved. */
    static final String UNAPPROVED = "it asks for more than an administrator has approved";

    private Refusals() {}

    static PlatformException unknown(String id) {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no plugin " + id);
    }

    static PlatformException builtIn(String id) {
        return conflict(
                "The plugin " + id + " comes with the server and cannot be replaced or removed; POST /api/plugins/" + id
                        + "/disable, or objectos.plugins." + id + ".enabled: false, leaves it out at the next start");
    }

    static PlatformException safeMode() {
        return new PlatformException(RuntimeError.UNAVAILABLE,
                "The server runs in safe mode, without added plugins; they can be disabled and removed, and run again "
                        + "after a start without --safe");
    }

    static PlatformException conflict(String message) {
        return new PlatformException(RuntimeError.PLUGIN_CONFLICT, message);
    }

    static PlatformException older(String id, String asked, String there) {
        return conflict("The plugin " + id + " is installed in version " + there + ", and " + asked
                + " is older; where that is meant, say downgrade=true (./objectos plugin install --downgrade): the code of "
                + asked + " is then told onUpgrade(\"" + there + "\")").with("installedVersion", there)
                .with("uploadedVersion", asked);
    }

    static PlatformException otherVersion(String id, String asked, String there) {
        return conflict("The version " + asked + " of the plugin " + id + " is not the one to be approved; " + there
                + " is");
    }

    /** The plugin's own code did not let it happen. */
    static PlatformException vetoed(String id, String step, Throwable failure) {
        return new PlatformException(RuntimeError.PLUGIN_CONFLICT, "The plugin " + id + " refused to be " + step + ": "
                + reason(failure) + "; a server that is started with --safe does not ask it", failure);
    }

    static PlatformException needs(String id, List<String> missing) {
        return conflict("The plugin " + id + " needs " + String.join(", ", missing) + ", and "
                + (missing.size() == 1 ? "that is" : "those are") + " off; enable "
                + (missing.size() == 1 ? "it" : "them") + " first").with("missing", missing);
    }

    static PlatformException needed(String id, List<String> dependents) {
        return conflict("The plugin " + id + " is needed by " + String.join(", ", dependents)
                + "; disable those first, or all together (cascade)").with("dependents", dependents);
    }

    /** A package that was not opened. */
    static PlatformException of(PackageRefusedException refused) {
        String message = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case MALFORMED -> new PlatformException(RuntimeError.INVALID_REQUEST, message, refused);
            case TOO_LARGE -> new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, message, refused);
            case UNTRUSTED -> new PlatformException(RuntimeError.UNTRUSTED_PLUGIN, message, refused);
            case FORBIDDEN_CONTENT, INVALID_MANIFEST -> new PlatformException(RuntimeError.INVALID_PLUGIN, message,
                    refused);
        };
    }

    /** A plugin whose own code failed, or that the server could not take in. */
    static PlatformException failed(String id, Throwable failure) {
        return failure instanceof PlatformException known
                ? known
                : new PlatformException(RuntimeError.INVALID_PLUGIN, "The plugin " + id + " could not start: " + reason(
                        failure), failure);
    }

    /** The innermost cause, which says most. */
    static String reason(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
