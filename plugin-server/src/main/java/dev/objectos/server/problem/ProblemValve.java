package dev.objectos.server.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for requests that Tomcat refuses before any filter sees them: bad characters, oversized headers. */
public final class ProblemValve extends ErrorReportValve {

    /** What Tomcat says of headers that do not fit, which it answers like any other bad request. */
    private static final String TOO_LARGE = StringManager.getManager("org.apache.coyote.http11")
            .getString("iib.requestheadertoolarge.error");
    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (response.getStatus() == 400 && TOO_LARGE.equals(failure == null ? null : failure.getMessage())) {
            response.setStatus(431);
        }
        String id = RequestId.of(request);
        if (failure != null && response.getStatus() >= 500) {
            LOG.error("Request {} failed", id, failure);
        }
        try {
            byte[] json = Problem.ofStatus(response.getStatus()).json(id);
            response.setHeader(RequestId.HEADER, id);
            response.setContentType(Problem.MEDIA_TYPE);
            response.setContentLength(json.length);
            response.getOutputStream().write(json);
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // The connection is gone, or somebody else has begun to answer.
        }
    }
}
