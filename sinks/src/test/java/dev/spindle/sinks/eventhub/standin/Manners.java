package dev.spindle.sinks.eventhub.standin;

import java.time.Duration;

/** What a service may do differently without being wrong. Each holds for what happens from now on. */
public final class Manners {

    private volatile int credit = 300;
    private volatile long answerAfterMillis;
    private volatile boolean settlesLate;
    private volatile boolean namesNoLimit;
    private volatile boolean silentManagement;
    private volatile boolean silentLinks;
    private volatile boolean detachesWithoutClosing;
    private volatile boolean tellsDetachmentsLate;
    private volatile int tokenStatus;

    /** How many deliveries a link may have under way; 1 is given again only with the answer. */
    public Manners credit(int deliveries) {
        credit = deliveries;
        return this;
    }

    /** Each delivery is answered so long after it came. */
    public Manners answersAfter(Duration time) {
        answerAfterMillis = time.toMillis();
        return this;
    }

    /** The outcome comes first, the settlement in a frame of its own. */
    public Manners settlesLate() {
        settlesLate = true;
        return this;
    }

    /** Links do not say how large a message may be. */
    public Manners namesNoLimit() {
        namesNoLimit = true;
        return this;
    }

    /** The management node takes questions and answers none. */
    public Manners silentManagement() {
        silentManagement = true;
        return this;
    }

    /** Whether sender links stay unanswered. */
    public Manners silentLinks(boolean silent) {
        silentLinks = silent;
        return this;
    }

    /** Links are detached and not closed. */
    public Manners detachesWithoutClosing() {
        detachesWithoutClosing = true;
        return this;
    }

    /** Links detached on command hear of it only when bytes come from the client, whose next delivery crosses the word. */
    public Manners tellsDetachmentsLate() {
        tellsDetachmentsLate = true;
        return this;
    }

    /** Every token is answered with this status; 0 for what is right. */
    public Manners tokenStatus(int status) {
        tokenStatus = status;
        return this;
    }

    int credit() {
        return credit;
    }

    long answerAfterMillis() {
        return answerAfterMillis;
    }

    boolean isSettlingLate() {
        return settlesLate;
    }

    boolean isWithoutLimit() {
        return namesNoLimit;
    }

    boolean isManagementSilent() {
        return silentManagement;
    }

    boolean isLinkSilent() {
        return silentLinks;
    }

    boolean isDetachingWithoutClosing() {
        return detachesWithoutClosing;
    }

    boolean isTellingDetachmentsLate() {
        return tellsDetachmentsLate;
    }

    int tokenStatus() {
        return tokenStatus;
    }
}
