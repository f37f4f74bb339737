package clinic.scheduling.slots;

import java.util.List;

/** What a search found: offers in order, and who is left out. */
record SearchResult(List<Offer> offers, List<Unavailable> unavailable) {}
