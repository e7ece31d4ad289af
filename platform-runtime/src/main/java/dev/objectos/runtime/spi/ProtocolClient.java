package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A client that has connected to a {@link ProtocolAdapter}. */
public interface ProtocolClient {

    /** What it sends; ends where it hangs up, and fails where it says nothing for too long. */
    InputStream input();

    OutputStream output();

    /** Where its connection comes from. */
    InetAddress address();

    /**
     * Signs in whoever it says to be; the lease is to be asked again for each thing that it wants.
     *
     * @param credential a session's token, an API key or whatever else the header {@code Authorization} may have behind
     *        {@code Bearer}
     * @return holds nobody where that counts for nothing
     */
    SessionLease signIn(String credential);

    /**
     * Does one thing that it wants, in the session's name and within the plugin's limits.
     *
     * @throws dev.objectos.runtime.PlatformException what the work is refused with; {@code PLUGIN_TIMEOUT},
     *         {@code PLUGIN_SUSPENDED} or {@code RATE_LIMITED} where the limits say so, {@code PLUGIN_FAILED} where it throws anything
     *         else
     */
    <T extends @Nullable Object> T run(Session session, Callable<T> work);
}
