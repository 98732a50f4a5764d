//! Indexes on tables that may be large already. They are built outside of the migrations' transaction: on `PostgreSQL`
//! concurrently, so that nothing that writes to the table waits. See `README.md` beside `src`.

/// An index, identified by its name: one that changes gets another name.
#[derive(Debug)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// Its table.
    pub table: &'static str,
    columns: &'static str,
    /// Of a partial index: the rows in it. Literal, because a bound value of a statement proves nothing to a planner.
    condition: Option<&'static str>,
}

impl Index {
    /// The statement that builds it while the table is locked against writes.
    pub fn create(&self) -> String {
        self.statement("CREATE INDEX IF NOT EXISTS")
    }

    /// The statement that builds it while others write to the table. `PostgreSQL` alone, outside of a transaction.
    pub fn create_concurrently(&self) -> String {
        self.statement("CREATE INDEX CONCURRENTLY IF NOT EXISTS")
    }

    /// The statement that removes what an interrupted build left. `PostgreSQL` alone, outside of a transaction.
    pub fn drop_concurrently(&self) -> String {
        format!("DROP INDEX CONCURRENTLY IF EXISTS {}", self.name)
    }

    fn statement(&self, create: &str) -> String {
        let Self {
            name,
            table,
            columns,
            ..
        } = self;
        let condition = self
            .condition
            .map(|condition| format!(" WHERE {condition}"));
        let condition = condition.unwrap_or_default();
        format!("{create} {name} ON {table} ({columns}){condition}")
    }
}

/// Every such index.
pub const INDEXES: &[Index] = &[
    Index {
        name: "users_verification_due_at_id_idx",
        table: "users",
        columns: "verification_due_at, id",
        condition: Some("email_verified_at IS NULL AND verification_due_at IS NOT NULL"),
    },
    Index {
        name: "account_deletions_pending_idx",
        table: "account_deletions",
        columns: "scheduled_for, id",
        condition: Some("completed_at IS NULL AND cancelled_at IS NULL"),
    },
    Index {
        name: "account_deletions_completed_at_idx",
        table: "account_deletions",
        columns: "completed_at",
        condition: Some("completed_at IS NOT NULL"),
    },
    Index {
        name: "username_reservations_reserved_until_idx",
        table: "username_reservations",
        columns: "reserved_until",
        condition: None,
    },
    Index {
        name: "outbox_waiting_idx",
        table: "outbox",
        columns: "next_attempt_at, id",
        condition: Some("given_up_at IS NULL"),
    },
    Index {
        name: "outbox_waiting_lane_idx",
        table: "outbox",
        columns: "lane, next_attempt_at",
        condition: Some("given_up_at IS NULL"),
    },
    Index {
        name: "outbox_waiting_recipient_idx",
        table: "outbox",
        columns: "recipient",
        condition: Some("given_up_at IS NULL"),
    },
    Index {
        name: "outbox_waiting_expires_at_idx",
        table: "outbox",
        columns: "expires_at",
        condition: Some("given_up_at IS NULL"),
    },
    Index {
        name: "outbox_given_up_at_idx",
        table: "outbox",
        columns: "given_up_at",
        condition: Some("given_up_at IS NOT NULL"),
    },
    Index {
        name: "security_events_user_id_kind_occurred_at_idx",
        table: "security_events",
        columns: "user_id, kind, occurred_at",
        condition: None,
    },
];
