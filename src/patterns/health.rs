//! How complete the knowledge base is.
