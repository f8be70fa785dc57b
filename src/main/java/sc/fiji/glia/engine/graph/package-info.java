/**
 * What a network is: {@link sc.fiji.glia.engine.graph.Graph} of {@link sc.fiji.glia.engine.graph.Layer} records, and the named
 * arrays that belong to it, {@link sc.fiji.glia.engine.graph.Weights}. Nothing here computes.
 * <p>
 * Depends on java.base only.
 */
package sc.fiji.glia.engine.graph;
